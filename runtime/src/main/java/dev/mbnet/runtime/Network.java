package dev.mbnet.runtime;

import java.util.List;
import java.util.Optional;

/**
 * A network with its weights: what generated classes extend. Immutable and thread-safe; share one
 * and give each thread a {@link Session}. Nothing has to be closed.
 */
public abstract class Network {
  private final TensorInfo input;
  private final List<TensorInfo> outputs;
  private final List<String> labels;
  private final ImageInput image;
  private final SessionMemory memory = new SessionMemory();

  /**
   * @param labels of the first output's channels, or an empty list
   * @param image how pictures become the input, or null where the network does not say
   */
  protected Network(
      TensorInfo input, List<TensorInfo> outputs, List<String> labels, ImageInput image) {
    this.input = input;
    this.outputs = List.copyOf(outputs);
    this.labels = List.copyOf(labels);
    this.image = image;
  }

  /** What a run reads. */
  public final TensorInfo input() {
    return input;
  }

  /** What a run leaves behind, in declared order; at least one. */
  public final List<TensorInfo> outputs() {
    return outputs;
  }

  /** The labels of the first output's channels; empty where none are declared. */
  public final List<String> labels() {
    return labels;
  }

  /** How pictures become the input, where the network declares it. */
  public final Optional<ImageInput> imageInput() {
    return Optional.ofNullable(image);
  }

  /** Whether the first output holds probabilities already, rather than logits. */
  public abstract boolean givesProbabilities();

  /** A session on the caller's thread with {@link SessionOptions#defaults()}. */
  public final Session newSession() {
    return newSession(SessionOptions.defaults());
  }

  /**
   * A session with working memory of its own; cheap beside loading weights.
   *
   * @throws IllegalStateException if {@link Backend#VECTOR} is asked for where it is not
   */
  public final Session newSession(SessionOptions options) {
    if (options.backend() == Backend.PLAIN) {
      return plainSession();
    }
    String reason = Vectors.unavailable(hasVectors());
    if (reason == null) {
      return options.backend() == Backend.VECTOR
          ? vectorSession(options)
          : new AutoSession(this, plainSession(), options);
    }
    if (options.backend() == Backend.VECTOR) {
      throw new IllegalStateException(reason);
    }
    if (hasVectors()) {
      Vectors.say(reason);
    }
    return plainSession();
  }

  /** Where sessions of the code with vectors have their working memory. */
  final SessionMemory memory() {
    return memory;
  }

  /** A session of the plain code. */
  protected abstract Session plainSession();

  /** Whether there is code with vectors. */
  protected boolean hasVectors() {
    return false;
  }

  /** A session of the code with vectors; called where they are available. */
  protected VectorSession vectorSession(SessionOptions options) {
    throw new IllegalStateException("there is no code with vectors");
  }
}
