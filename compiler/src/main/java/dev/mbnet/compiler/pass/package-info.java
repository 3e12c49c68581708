/** From graph to equal graph with fewer operations. */
package dev.mbnet.compiler.pass;
