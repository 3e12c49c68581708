package dev.mbnet.runtime;

import dev.mbnet.runtime.SafetensorsHeader.Entry;
import dev.mbnet.runtime.WeightsException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of a safetensors file, checked in full and held on the heap.
 *
 * <p>Immutable and safe for use by many threads. Nothing is mapped and there is nothing to close;
 * the file may change or go once it is read. What a file claims and does not have takes no memory;
 * what it has is held as it is, up to 2,147,483,639 bytes of tensors.
 *
 * <p>Every method that takes a tensor's name throws {@link WeightsException} with {@code
 * TENSOR_UNKNOWN} if the file has none of that name.
 */
public final class Safetensors {

  /** The element types of the format. */
  public enum Dtype {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8),
    I8(8),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    F8_E4M3FNUZ(8),
    F8_E5M2FNUZ(8),
    I16(16),
    U16(16),
    F16(16),
    BF16(16),
    I32(32),
    U32(32),
    F32(32),
    C64(64),
    F64(64),
    I64(64),
    U64(64);

    private final int bits;

    Dtype(int bits) {
      this.bits = bits;
    }

    /** Bits an element takes; elements are packed. */
    public int bits() {
      return bits;
    }

    /** Whether {@link Safetensors#floats} reads it. */
    public boolean isFloat() {
      return this == F32 || this == F16 || this == BF16;
    }
  }

  private static final int MAX_HEADER = 100_000_000;
  private static final int MAX_DATA = Integer.MAX_VALUE - 8;
  private static final int STEP = 1 << 16;

  private final String source;
  private final Map<String, Entry> entries;
  private final Map<String, String> metadata;
  private final byte[] data;

  private Safetensors(String source, SafetensorsHeader header, byte[] data) {
    this.source = source;
    this.entries = Collections.unmodifiableMap(header.entries());
    this.metadata = Collections.unmodifiableMap(header.metadata());
    this.data = data;
  }

  /**
   * Reads a file.
   *
   * @throws WeightsException if it is not a sound safetensors file
   */
  public static Safetensors read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    }
  }

  /**
   * Reads a stream, which must end where the safetensors file does, and leaves it open.
   *
   * @param source what messages call the stream
   * @throws WeightsException if it is not a sound safetensors file
   */
  public static Safetensors read(InputStream in, String source) throws IOException {
    SafetensorsHeader header = new SafetensorsHeader(readHeader(in, source), source);
    return new Safetensors(source, header, readData(in, source, header.dataLength()));
  }

  private static byte[] readHeader(InputStream in, String source) throws IOException {
    byte[] prefix = readUpTo(in, Long.BYTES);
    if (prefix.length < Long.BYTES) {
      String fact = "the header's length takes 8 bytes, %s are there; was the file cut short?";
      throw WeightsException.of(Problem.TOO_SHORT, source, fact, prefix.length);
    }
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String claim = "the header claims " + Long.toUnsignedString(length) + " bytes, ";
    if (Long.compareUnsigned(length, MAX_HEADER) > 0) {
      String fact = claim + "%s is the most; is this a Git LFS pointer or a PyTorch file?";
      throw WeightsException.of(Problem.HEADER_TOO_LARGE, source, fact, MAX_HEADER);
    }
    byte[] text = readUpTo(in, length);
    if (text.length < length) {
      String fact = claim + "%s are there; was the file cut short?";
      throw WeightsException.of(Problem.HEADER_TRUNCATED, source, fact, text.length);
    }
    return text;
  }

  private static byte[] readData(InputStream in, String source, long length) throws IOException {
    String claim = "the tensors take " + length + " bytes, ";
    if (length > MAX_DATA) {
      String fact = claim + "%s is the most that can be held";
      throw WeightsException.of(Problem.DATA_TOO_LARGE, source, fact, MAX_DATA);
    }
    byte[] data = readUpTo(in, length);
    if (data.length < length) {
      String fact = claim + "%s are there; was the file cut short?";
      throw WeightsException.of(Problem.DATA_TRUNCATED, source, fact, data.length);
    }
    int surplus = readUpTo(in, STEP).length;
    if (surplus > 0) {
      String fact = claim + (surplus < STEP ? "%s are there" : "%s or more are there");
      throw WeightsException.of(Problem.DATA_TRAILING, source, fact, length + surplus);
    }
    return data;
  }

  /** Reads {@code length} bytes, or all there are if fewer; what is not there takes no memory. */
  private static byte[] readUpTo(InputStream in, long length) throws IOException {
    byte[] bytes = new byte[(int) Math.min(length, Math.max(in.available(), STEP))];
    int filled = 0;
    while (filled < length) {
      if (filled == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * filled));
      }
      // In steps, because a file's stream takes native memory for the whole of a request.
      int count = in.read(bytes, filled, Math.min(bytes.length - filled, STEP));
      if (count < 0) {
        return Arrays.copyOf(bytes, filled);
      }
      filled += count;
    }
    return bytes;
  }

  /** What messages call the file. */
  public String source() {
    return source;
  }

  /** The tensors' names in the order of the header; unmodifiable. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** The header's {@code __metadata__}, empty if it has none; unmodifiable. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The element type of a tensor. */
  public Dtype dtype(String name) {
    return entry(name).dtype();
  }

  /** The dimensions of a tensor, outermost first, none for a scalar; a fresh array. */
  public int[] shape(String name) {
    return entry(name).shape().clone();
  }

  /**
   * The elements of a tensor, row-major, in a fresh array. F16 and BF16 are converted exactly.
   *
   * @throws WeightsException with {@code DTYPE_NOT_FLOAT} if it is not F32, F16 or BF16
   */
  public float[] floats(String name) {
    return floats(name, new float[0]);
  }

  /** The elements of a tensor as the first of an array: {@code reuse} if it is long enough. */
  float[] floats(String name, float[] reuse) {
    Entry entry = entry(name);
    Dtype dtype = entry.dtype();
    if (!dtype.isFloat()) {
      String fact = "%s is of dtype %s, only F32, F16 and BF16 are read as floats";
      throw WeightsException.of(Problem.DTYPE_NOT_FLOAT, source, fact, name, dtype);
    }
    int length = (int) (entry.end() - entry.begin());
    ByteBuffer bytes =
        ByteBuffer.wrap(data, (int) entry.begin(), length).order(ByteOrder.LITTLE_ENDIAN);
    int count = length / (dtype.bits / 8);
    float[] floats = reuse.length < count ? new float[count] : reuse;
    if (dtype == Dtype.F32) {
      bytes.asFloatBuffer().get(floats, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        short half = bytes.getShort();
        floats[i] = dtype == Dtype.F16 ? fromF16(half) : Float.intBitsToFloat(half << 16);
      }
    }
    return floats;
  }

  private static float fromF16(short half) {
    int sign = (half & 0x8000) << 16;
    int magnitude = (half & 0x7fff) << 13;
    if (magnitude >= 0x7c00 << 13) {
      return Float.intBitsToFloat(sign | 0x7f800000 | magnitude);
    }
    // Exact for subnormals too: the product only moves the exponent from F16's bias to F32's.
    float shifted = Float.intBitsToFloat(magnitude) * 0x1p112f;
    return Float.intBitsToFloat(sign | Float.floatToRawIntBits(shifted));
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw WeightsException.of(Problem.TENSOR_UNKNOWN, source, "no tensor is named %s", name);
    }
    return entry;
  }
}
