package dev.mbnet.runtime;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether vector code can run here. */
final class Vectors {
  private static final String MODULE = "jdk.incubator.vector";
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private Vectors() {}

  /** Why it cannot, or null. */
  static String unavailable(boolean generated) {
    if (!generated) {
      return "the network was generated without vector code; generate it with the backends"
          + " `plain,vector`";
    }
    Optional<Module> module = ModuleLayer.boot().findModule(MODULE);
    // As a module, this one reads that of vectors only where there is one.
    if (module.isPresent()) {
      Vectors.class.getModule().addReads(module.get());
      return null;
    }
    return "vector code takes the module " + MODULE + "; start Java with --add-modules " + MODULE;
  }

  /** Says once that plain code runs instead, and why. */
  static void say(String reason) {
    if (SAID.compareAndSet(false, true)) {
      System.getLogger("dev.mbnet").log(System.Logger.Level.INFO, "running plain code: " + reason);
    }
  }
}
