/** What generated networks need at run time: weights, sessions and picture input. */
package dev.mbnet.runtime;
