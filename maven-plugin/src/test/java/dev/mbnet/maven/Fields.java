package dev.mbnet.maven;

import java.lang.reflect.Field;

/** Parameters of goals, as Maven sets them. */
final class Fields {

  private Fields() {}

  static void set(Object goal, String name, Object value) throws ReflectiveOperationException {
    Field field = null;
    for (Class<?> type = goal.getClass(); field == null; type = type.getSuperclass()) {
      for (Field one : type.getDeclaredFields()) {
        field = one.getName().equals(name) ? one : field;
      }
    }
    field.setAccessible(true);
    field.set(goal, value);
  }
}
