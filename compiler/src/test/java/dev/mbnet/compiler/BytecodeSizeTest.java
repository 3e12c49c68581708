package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mbnet.cli.NetworkLoader;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.testing.Networks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** HotSpot never compiles a method of 8,000 bytes of bytecode or more. */
class BytecodeSizeTest {
  private static final int LIMIT = 8_000;

  /** As large as EfficientNet-B7 (Tan and Le 2019): 55 blocks at 600x600. */
  private static final String LARGE =
      """
      network Large {
        input image: [600, 600, 3]
        default norm = bn(eps=1e-3), act = swish, pad = same
        conv(k=3, c=64, s=2)
        mbconv(t=1, c=32,  n=4,  k=3, s=1, se)
        mbconv(t=6, c=48,  n=7,  k=3, s=2, se)
        mbconv(t=6, c=80,  n=7,  k=5, s=2, se)
        mbconv(t=6, c=160, n=10, k=3, s=2, se)
        mbconv(t=6, c=224, n=10, k=5, s=1, se)
        mbconv(t=6, c=384, n=13, k=5, s=2, se)
        mbconv(t=6, c=640, n=4,  k=3, s=1, se)
        conv(k=1, c=2560)
        gap
        dense(1000)
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"mobilenet_v1.mbnet", "mobilenet_v2.mbnet", "text_direction.mbnet"})
  void samples(String file) throws IOException {
    assertEquals(List.of(), tooLarge(Networks.ofSample(file)));
  }

  @Test
  void largestNetwork() throws IOException {
    assertEquals(List.of(), tooLarge(Networks.of(LARGE)));
  }

  private static List<String> tooLarge(ResolvedNetwork network) throws IOException {
    List<String> found = new ArrayList<>();
    NetworkLoader.compile(Compiler.generateWithVectors(network, ""))
        .classes()
        .forEach(
            (name, bytes) -> {
              ClassReader reader = new ClassReader(bytes);
              reader.accept(new Sizes(name, new ClassWriter(reader, 0), found), 0);
            });
    return found;
  }

  /** Writes a class again to see where each method's code ends. */
  private static final class Sizes extends ClassVisitor {
    private final String className;
    private final List<String> found;

    Sizes(String className, ClassWriter copy, List<String> found) {
      super(Opcodes.ASM9, copy);
      this.className = className;
      this.found = found;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor copy = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(Opcodes.ASM9, copy) {
        @Override
        public void visitMaxs(int stack, int locals) {
          Label end = new Label();
          visitLabel(end);
          if (end.getOffset() >= LIMIT) {
            found.add(className + "." + name + ": " + end.getOffset() + " bytes");
          }
          super.visitMaxs(stack, locals);
        }
      };
    }
  }
}
