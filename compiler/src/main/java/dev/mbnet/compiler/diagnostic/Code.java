package dev.mbnet.compiler.diagnostic;

import java.util.EnumSet;
import java.util.Set;

/** Every kind of diagnostic, by stage: 1 syntax, 2 names and arguments, 3 shapes, 4 networks. */
public enum Code {
  UNEXPECTED_TEXT("MB1001"),
  UNCLOSED_TEXT("MB1002"),
  NESTED_TOO_DEEP("MB1003"),
  FILE_TOO_LARGE("MB1004"),

  UNKNOWN_CALLEE("MB2001"),
  UNKNOWN_ARGUMENT("MB2002"),
  UNKNOWN_NAME("MB2003"),
  UNKNOWN_WORD("MB2004"),
  MISSING_ARGUMENT("MB2005"),
  DUPLICATE_ARGUMENT("MB2006"),
  TOO_MANY_ARGUMENTS("MB2007"),
  WRONG_TYPE("MB2008"),
  OUT_OF_RANGE("MB2009"),
  UNKNOWN_LABEL("MB2010"),
  DUPLICATE_NAME("MB2011"),
  AMBIGUOUS_NAME("MB2012"),
  UNKNOWN_SETTING("MB2013"),
  RECURSION("MB2014"),
  ARITHMETIC("MB2015"),
  TOO_LARGE("MB2016"),
  UNKNOWN_PARAMETER("MB2017"),
  MISPLACED("MB2018"),
  BLOCK_REQUIREMENT("MB2019"),
  DEAD_SETTING("MB2020", Severity.WARNING),

  MISFIT_CHANNELS("MB3001"),
  WINDOW_TOO_LARGE("MB3002"),
  MISFIT_SHAPES("MB3003"),
  NOT_A_VECTOR("MB3005"),
  EVEN_KERNEL("MB3006"),
  NO_CHANNELS("MB3007"),
  NOT_WHOLE("MB3008"),
  ROUNDED_CHANNELS("MB3009", Severity.WARNING),
  PAD_NOT_SAID("MB3101"),
  IMPOSSIBLE_SKIP("MB3102"),
  ACTIVATED_BOTTLENECK("MB3103", Severity.WARNING),

  NO_INPUT("MB4001"),
  UNREACHED_LAYER("MB4003"),
  BUDGET_EXCEEDED("MB4004"),
  LABEL_COUNT("MB4005"),
  LABEL_FILE("MB4006"),
  NO_NETWORK("MB4007"),
  IMPORT_FILE("MB4008"),
  NO_LAYERS("MB4009"),
  CHANNELS_FIRST("MB4010", Severity.WARNING);

  /** What a call says by itself, whatever stands around it. */
  private static final Set<Code> LOCAL =
      EnumSet.of(
          UNKNOWN_ARGUMENT,
          UNKNOWN_WORD,
          DUPLICATE_ARGUMENT,
          TOO_MANY_ARGUMENTS,
          OUT_OF_RANGE,
          TOO_LARGE);

  /** Whether a file with such a diagnostic still compiles. */
  public enum Severity {
    ERROR,
    WARNING
  }

  private final String id;
  private final Severity severity;

  Code(String id) {
    this(id, Severity.ERROR);
  }

  Code(String id, Severity severity) {
    this.id = id;
    this.severity = severity;
  }

  /** The stable name that a user looks up, such as {@code MB3102}. */
  public String id() {
    return id;
  }

  public Severity severity() {
    return severity;
  }

  boolean isSyntax() {
    return id.startsWith("MB1");
  }

  boolean isOfNetwork() {
    return id.startsWith("MB4") || this == DEAD_SETTING;
  }

  boolean isLocal() {
    return LOCAL.contains(this);
  }
}
