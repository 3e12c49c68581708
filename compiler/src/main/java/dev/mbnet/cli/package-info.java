/** The command line {@code mbnet}. */
package dev.mbnet.cli;
