package dev.mbnet.samples.benchmarks;

import dev.mbnet.runtime.Backend;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.SessionOptions;
import dev.mbnet.runtime.VectorSession;
import dev.mbnet.testing.RandomWeights;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;

/**
 * The steps of a vector session without what surrounds them in a run: in a network of one layer
 * copies of input and output would take as long as the layer.
 */
final class LayerSteps implements Runnable {
  private static final MethodHandle PART = handle("part", int.class, int.class, int.class);

  private final VectorSession session;
  private final int steps;

  /** Compiles the code, and has the first step, which is not repeated, copy an input. */
  LayerSteps(Network network) {
    session = (VectorSession) network.newSession(SessionOptions.defaults().backend(Backend.VECTOR));
    session.warmUp();
    session.run(RandomWeights.input(network.input().length(), 1));
    try {
      steps = (int) handle("steps").invokeExact(session);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle handle(String name, Class<?>... parameters) {
    try {
      Method method = VectorSession.class.getDeclaredMethod(name, parameters);
      method.setAccessible(true);
      return MethodHandles.lookup().unreflect(method);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void run() {
    try {
      for (int step = 1; step < steps; step++) {
        PART.invokeExact(session, step, 0, 1);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
