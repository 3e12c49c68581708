/** Where tensors live, how inputs are padded, and how large tiles are. */
package dev.mbnet.compiler.plan;
