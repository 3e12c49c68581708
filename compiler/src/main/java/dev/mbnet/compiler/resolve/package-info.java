/** Names bound, arguments typed, blocks and repeats expanded, with shapes known as they go. */
package dev.mbnet.compiler.resolve;
