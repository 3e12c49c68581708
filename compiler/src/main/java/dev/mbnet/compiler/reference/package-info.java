/** The page that explains the language. */
package dev.mbnet.compiler.reference;
