package dev.mbnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.mbnet.cli.NetworkLoader;
import dev.mbnet.compiler.codegen.JavaFile;
import dev.mbnet.compiler.plan.Processor;
import dev.mbnet.compiler.resolve.ResolvedNetwork;
import dev.mbnet.runtime.VectorMath;
import dev.mbnet.testing.Networks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * HotSpot never compiles a method of 8,000 bytes of bytecode or more, and never inlines one of more
 * than 325.
 */
class BytecodeSizeTest {
  private static final int LIMIT = 8_000;
  private static final int INLINED = 325;

  /** Bytes to allocate for each character of Java; something quadratic would take far more. */
  private static final int MOST = 1_000;

  @ParameterizedTest
  @CsvSource({
    "mobilenet_v1,   MobileNetV1",
    "mobilenet_v2,   MobileNetV2",
    "mobilenet_v3,   MobileNetV3Large",
    "mobilenet_v3,   MobileNetV3Small",
    "efficientnet,   EfficientNetB0",
    "efficientnet,   EfficientNetB7",
    "ssdlite,        SSDLite320MobileNetV3Large",
    "deeplab_v3,     DeepLabV3MobileNetV3LargeAuxiliary",
    "resnet,         ResNet50",
    "text_direction, TextDirection",
  })
  void methodsAreSmall(String file, String network) throws IOException {
    assertEquals(List.of(), tooLarge(Networks.ofSample(file + ".mbnet", network, List.of())));
  }

  /** Why: see {@link VectorMath#swish}. */
  @Test
  void activationsOfWholeRowsAreNotInlined() throws IOException {
    List<String> found = new ArrayList<>();
    ClassReader reader = new ClassReader(VectorMath.class.getName());
    reader.accept(new Sizes("VectorMath", new ClassWriter(reader, 0), INLINED + 1, found), 0);
    List<String> names = found.stream().map(method -> method.replaceFirst(":.*", "")).toList();
    String expected = "add addAll gelu hsigmoid hswish preluAll scalePixel sigmoid swish";
    assertEquals(
        Stream.of(expected.split(" ")).map(name -> "VectorMath." + name).toList(),
        names.stream().sorted().toList());
  }

  /** A second file costs about as much as the first, and neither more than its size explains. */
  @Test
  void theLargestNetworkIsGeneratedInLittleMemory() {
    ThreadMXBean beans = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    ResolvedNetwork network = Networks.ofSample("efficientnet.mbnet", "EfficientNetB7", List.of());
    long before = beans.getCurrentThreadAllocatedBytes();
    List<JavaFile> files = Compiler.generate(network, "", Backends.PLAIN_AND_VECTOR);
    long allocated = beans.getCurrentThreadAllocatedBytes() - before;
    long text = files.stream().mapToLong(file -> file.text().length()).sum();
    assertEquals(1 + Processor.values().length, files.size());
    assertTrue(text < 12_000_000, () -> text + " characters");
    assertTrue(allocated < MOST * text, () -> allocated + " bytes for " + text + " characters");
  }

  private static List<String> tooLarge(ResolvedNetwork network) throws IOException {
    List<String> found = new ArrayList<>();
    NetworkLoader.compile(Compiler.generate(network, "", Backends.PLAIN_AND_VECTOR))
        .classes()
        .forEach(
            (name, bytes) -> {
              ClassReader reader = new ClassReader(bytes);
              reader.accept(new Sizes(name, new ClassWriter(reader, 0), LIMIT, found), 0);
            });
    return found;
  }

  /** Writes a class again to see where each method's code ends. */
  private static final class Sizes extends ClassVisitor {
    private final String className;
    private final int limit;
    private final List<String> found;

    Sizes(String className, ClassWriter copy, int limit, List<String> found) {
      super(Opcodes.ASM9, copy);
      this.className = className;
      this.limit = limit;
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
          if (end.getOffset() >= limit) {
            found.add(className + "." + name + ": " + end.getOffset() + " bytes");
          }
          super.visitMaxs(stack, locals);
        }
      };
    }
  }
}
