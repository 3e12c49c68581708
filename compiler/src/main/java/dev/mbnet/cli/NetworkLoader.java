package dev.mbnet.cli;

import dev.mbnet.compiler.codegen.JavaFile;
import dev.mbnet.runtime.Network;
import dev.mbnet.runtime.Safetensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a generated class in memory and loads it. */
public final class NetworkLoader {
  /** What javac has to say of the module of vectors, which is meant to be used. */
  private static final Pattern INCUBATING =
      Pattern.compile("warning: .*using incubating module.*\\R1 warning\\R?");

  private final Map<String, byte[]> classes;
  private final String className;

  private NetworkLoader(String className, Map<String, byte[]> classes) {
    this.className = className;
    this.classes = classes;
  }

  /** Compiles {@code files} with the JDK's compiler, at the class level of Java 17. */
  public static NetworkLoader compile(List<JavaFile> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new UserError("mbnet: running a network takes a JDK; this is only a Java runtime");
    }
    List<String> options =
        new ArrayList<>(
            List.of("--release", "17", "-proc:none", "-Xlint:all", "-cp", runtimePath()));
    if (files.size() > 1) {
      options.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    }
    Map<String, ByteArrayOutputStream> outputs = new HashMap<>();
    StringWriter messages = new StringWriter();
    try (JavaFileManager memory =
        new MemoryFiles(compiler.getStandardFileManager(null, null, null), outputs)) {
      List<Source> sources = files.stream().map(Source::new).toList();
      boolean done = compiler.getTask(messages, memory, null, options, null, sources).call();
      String text = INCUBATING.matcher(messages.toString()).replaceFirst("");
      // The compiler writes code without warnings; one is as much a bug as an error is.
      if (!done || !text.isBlank()) {
        throw new IllegalStateException("generated code does not compile:\n" + text);
      }
    }
    Map<String, byte[]> classes = new HashMap<>();
    outputs.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return new NetworkLoader(files.get(0).className(), classes);
  }

  /** Class files by name. */
  public Map<String, byte[]> classes() {
    return classes;
  }

  /** The network with its weights. */
  public Network load(Safetensors weights) {
    try {
      Class<?> type = Class.forName(className, true, new Loader(classes));
      return (Network) type.getMethod("of", Safetensors.class).invoke(null, weights);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String runtimePath() {
    try {
      return Path.of(Network.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(Network.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(JavaFile file) {
      super(URI.create("memory:///" + file.path()), Kind.SOURCE);
      this.text = file.text();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class MemoryFiles extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> outputs;

    MemoryFiles(JavaFileManager files, Map<String, ByteArrayOutputStream> outputs) {
      super(files);
      this.outputs = outputs;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(
          URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          outputs.put(className, bytes);
          return bytes;
        }
      };
    }
  }
}
