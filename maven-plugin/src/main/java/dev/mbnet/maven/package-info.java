/** Goals that compile networks, and convert their weights, in a Maven build. */
package dev.mbnet.maven;
