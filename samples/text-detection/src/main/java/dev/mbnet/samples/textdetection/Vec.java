package dev.mbnet.samples.textdetection;

/** A place in a picture, or the way from one to another, in pixels; {@code y} grows downwards. */
record Vec(double x, double y) {

  Vec plus(Vec other) {
    return new Vec(x + other.x, y + other.y);
  }

  Vec minus(Vec other) {
    return new Vec(x - other.x, y - other.y);
  }

  Vec times(double factor) {
    return new Vec(x * factor, y * factor);
  }

  Vec scaled(double byX, double byY) {
    return new Vec(x * byX, y * byY);
  }

  double dot(Vec other) {
    return x * other.x + y * other.y;
  }

  /** Positive if {@code other} is clockwise of this one. */
  double cross(Vec other) {
    return x * other.y - y * other.x;
  }

  double length() {
    return Math.hypot(x, y);
  }

  /** In this direction, one pixel long. */
  Vec unit() {
    return times(1 / length());
  }
}
