/** Times generated classes against native engines, with outputs compared first. */
package dev.mbnet.samples.benchmarks;
