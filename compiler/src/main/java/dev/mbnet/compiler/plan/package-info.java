/**
 * Where tensors live, what runs together and how large tiles are: {@link
 * dev.mbnet.compiler.plan.Plan} for plain code, {@link dev.mbnet.compiler.plan.VectorPlan} for
 * vectors.
 */
package dev.mbnet.compiler.plan;
