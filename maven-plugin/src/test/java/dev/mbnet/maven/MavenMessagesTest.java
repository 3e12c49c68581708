package dev.mbnet.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.codehaus.plexus.build.BuildContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an IDE hears. */
class MavenMessagesTest {
  private static final Log SILENT =
      new SystemStreamLog() {
        @Override
        public void error(CharSequence content) {}

        @Override
        public void warn(CharSequence content) {}
      };

  @TempDir Path folder;
  private final List<String> calls = new ArrayList<>();

  private <T> T noting(Class<T> type) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          calls.add(
              method.getName()
                  + Arrays.asList(arguments).toString().replace(folder + "/src/main/mbnet/", "@"));
          return null;
        };
    return type.cast(
        Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, handler));
  }

  private void check(Messages messages) throws Exception {
    Project project = new Project(folder);
    project.file("a/blocks.mbnet", "block wide(c) {\n  conv(k=3, c=c, s=2, pad=same, x=1)\n}\n");
    project.file(
        "net.mbnet",
        "import \"a/blocks.mbnet\"\nnetwork Net {\n  input x: [4, 4, 3]\n  gab\n  conv(k=1, c=7)\n}\n");
    Request request = project.request();
    Checked.of(request, request.sources().models(), messages);
  }

  @Test
  void messagesAreOnTheirLines() throws Exception {
    check(
        MavenMessages.of(
            SILENT,
            noting(BuildContext.class),
            noting(org.sonatype.plexus.build.incremental.BuildContext.class)));
    assertEquals(
        List.of(
            "removeMessages[@a/blocks.mbnet]",
            "removeMessages[@net.mbnet]",
            "addMessage[@net.mbnet, 4, 3, there is no operator or block `gab`; did you mean `gap`?,"
                + " 2, null]"),
        calls);
  }

  @Test
  void nobodyHearsThemTwiceOutsideOfAnIde() {
    MavenMessages messages =
        MavenMessages.of(
            SILENT,
            noting(BuildContext.class),
            new org.sonatype.plexus.build.incremental.DefaultBuildContext());
    assertNull(messages.ide());
  }
}
