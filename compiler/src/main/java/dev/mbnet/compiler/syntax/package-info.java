/** Text to records with positions; nothing is bound or checked yet. */
package dev.mbnet.compiler.syntax;
