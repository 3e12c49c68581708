package dev.mbnet.runtime;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Weights that cannot be used: the file is damaged, is not safetensors, or does not fit the
 * network. The message is one line for the person who supplied the file; {@link #problem} is for
 * programs.
 */
public final class WeightsException extends RuntimeException {

  /** What is wrong with the weights. */
  public enum Problem {
    /** The file has not even the 8 bytes that give the header's length. */
    TOO_SHORT,
    /** The header claims more than 100,000,000 bytes. */
    HEADER_TOO_LARGE,
    /** The file ends inside the header. */
    HEADER_TRUNCATED,
    /** The header does not start with an opening brace. */
    HEADER_START,
    /** The header is not UTF-8. */
    HEADER_NOT_UTF8,
    /** The header is not JSON, or not the JSON the format asks for at this place. */
    HEADER_MALFORMED,
    /** Something other than spaces follows the header's closing brace. */
    HEADER_TRAILING,
    /** A list or an object inside a list: the format nests three deep. */
    HEADER_TOO_DEEP,
    /** A tensor, a field of a tensor, or a key of the metadata is given twice. */
    DUPLICATE_KEY,
    /** A tensor lacks its dtype, shape or data offsets. */
    FIELD_MISSING,
    /** A tensor has a field the format does not know. */
    FIELD_UNKNOWN,
    /** A dtype is none of {@link Safetensors.Dtype}. */
    DTYPE_UNKNOWN,
    /** A shape is not a list of non-negative integers. */
    SHAPE_INVALID,
    /** Data offsets are not a list of two non-negative integers. */
    OFFSETS_INVALID,
    /** A dimension is above 2,147,483,647 or a data offset has more than 18 digits. */
    NUMBER_TOO_LARGE,
    /** The dimensions of a shape multiply beyond 64 bits. */
    SHAPE_OVERFLOW,
    /** A tensor begins after its end. */
    OFFSETS_REVERSED,
    /** A tensor's data offsets span more or fewer bytes than its shape and dtype take. */
    LENGTH_MISMATCH,
    /** Two tensors share bytes. */
    OVERLAP,
    /** Bytes before or between the tensors belong to none. */
    HOLE,
    /** The tensors take more bytes than a Java array can hold. */
    DATA_TOO_LARGE,
    /** The file ends before the last tensor does. */
    DATA_TRUNCATED,
    /** The file goes on after the last tensor. */
    DATA_TRAILING,
    /** The metadata is not an object of strings. */
    METADATA_NOT_STRINGS,
    /** The file holds no tensor of the name asked for. */
    TENSOR_UNKNOWN,
    /** A tensor was asked for as floats and is not F32, F16 or BF16. */
    DTYPE_NOT_FLOAT,
    /** The file is sound but does not fit the network. */
    MISMATCH
  }

  private static final int LONGEST_QUOTE = 200;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private final Problem problem;

  /**
   * Makes the message {@code <source>: <fact>}.
   *
   * @param source what the user calls the weights, such as the file's path
   * @param fact one line in the user's words, names in backticks
   */
  public WeightsException(Problem problem, String source, String fact) {
    super(source + ": " + fact);
    this.problem = problem;
  }

  static WeightsException of(Problem problem, String source, String format, Object... args) {
    return new WeightsException(problem, source, fact(format, args));
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }

  /**
   * Puts {@code args} for the {@code %s} of {@code format}: numbers as they are, anything else in
   * backticks, on one line, safe to print and cut to a readable length, for it may be from the
   * file.
   */
  static String fact(String format, Object... args) {
    return format.formatted(
        Arrays.stream(args).map(arg -> arg instanceof Number ? arg : quoted(arg)).toArray());
  }

  /** {@code arg} in backticks, on one line, safe to print and cut to a readable length. */
  static String quoted(Object arg) {
    String text = arg.toString();
    String shown = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    return UNPRINTABLE
        .matcher("`" + shown + "`")
        .replaceAll(c -> String.format("\\\\u{%x}", c.group().codePointAt(0)));
  }
}
