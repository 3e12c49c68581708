/** What the compiler says of a user's file: codes, messages and how they are shown. */
package dev.mbnet.compiler.diagnostic;
