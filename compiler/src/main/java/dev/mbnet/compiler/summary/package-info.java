/** What a network costs. */
package dev.mbnet.compiler.summary;
