package dev.mbnet.compiler.weights;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A table of a flatbuffer, its fields by their number in the schema. Whatever the bytes, it stays
 * within them: {@link IndexOutOfBoundsException} tells that they are damaged.
 */
final class FlatTable extends Table {
  private static final int FIRST_FIELD = 4;
  private static final int LONGEST_TEXT = 1000;

  private FlatTable(ByteBuffer bytes, int at) {
    __reset(at, bytes);
  }

  static FlatTable root(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new FlatTable(buffer, buffer.getInt(0));
  }

  /** Where a field is, or 0 if it has its default. */
  private int at(int field) {
    int offset = __offset(FIRST_FIELD + 2 * field);
    return offset == 0 ? 0 : bb_pos + offset;
  }

  int byteAt(int field) {
    int at = at(field);
    return at == 0 ? 0 : bb.get(at);
  }

  int intAt(int field, int otherwise) {
    int at = at(field);
    return at == 0 ? otherwise : bb.getInt(at);
  }

  /** The table that a field refers to, or null. */
  FlatTable table(int field) {
    int at = at(field);
    return at == 0 ? null : new FlatTable(bb, __indirect(at));
  }

  /** How many elements of {@code width} bytes a vector has; 0 if there is none. */
  int size(int field, int width) {
    int at = at(field);
    if (at == 0) {
      return 0;
    }
    int start = __indirect(at);
    int size = bb.getInt(start);
    if (size < 0 || (long) size * width > bb.limit() - (start + 4L)) {
      throw new IndexOutOfBoundsException();
    }
    return size;
  }

  /** Where the elements of a vector that is there begin. */
  private int elements(int field) {
    return __indirect(at(field)) + 4;
  }

  FlatTable table(int field, int index) {
    if (index < 0 || index >= size(field, 4)) {
      throw new IndexOutOfBoundsException();
    }
    return new FlatTable(bb, __indirect(elements(field) + 4 * index));
  }

  /** A vector of whole numbers, which may be {@code most}. */
  int[] ints(int field, int most) throws UnreadableFile {
    int size = size(field, 4);
    if (size > most) {
      throw new UnreadableFile("it has a list of " + size + " numbers where " + most + " may be");
    }
    int[] values = new int[size];
    for (int i = 0; i < size; i++) {
      values[i] = bb.getInt(elements(field) + 4 * i);
    }
    return values;
  }

  /** A vector of bytes, little-endian; empty if there is none. */
  ByteBuffer bytes(int field) {
    int size = size(field, 1);
    int start = size == 0 ? 0 : elements(field);
    return bb.slice(start, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A text, cut to a length at which a name ends. */
  String text(int field) {
    int size = Math.min(size(field, 1), LONGEST_TEXT);
    byte[] utf8 = new byte[size];
    if (size > 0) {
      bb.get(elements(field), utf8);
    }
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
