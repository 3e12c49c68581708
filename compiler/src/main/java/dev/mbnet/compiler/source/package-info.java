/** Source text and positions in it. */
package dev.mbnet.compiler.source;
