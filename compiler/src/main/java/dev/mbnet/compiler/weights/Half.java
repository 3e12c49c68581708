package dev.mbnet.compiler.weights;

/** Floats of 16 bits as IEEE 754 has them. */
final class Half {

  private Half() {}

  static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int magnitude = (half & 0x7fff) << 13;
    if (magnitude >= 0x7c00 << 13) {
      return Float.intBitsToFloat(sign | 0x7f800000 | magnitude);
    }
    // Exact for subnormals too: the product only moves the exponent from F16's bias to F32's.
    float shifted = Float.intBitsToFloat(magnitude) * 0x1p112f;
    return Float.intBitsToFloat(sign | Float.floatToRawIntBits(shifted));
  }
}
