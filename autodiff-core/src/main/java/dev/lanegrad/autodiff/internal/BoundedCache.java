package dev.lanegrad.autodiff.internal;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A concurrent map that forgets what has not been asked for of late (the second-chance, or clock,
 * rule): an entry that was used since the last look is spared once.
 */
public final class BoundedCache<K, V> {
  private static final class Slot<K, V> {
    private final K key;
    private final V value;
    private volatile boolean used = true;

    Slot(K key, V value) {
      this.key = key;
      this.value = value;
    }
  }

  private final int capacity;
  private final Map<K, Slot<K, V>> slots = new ConcurrentHashMap<>();
  private final Queue<Slot<K, V>> order = new ConcurrentLinkedQueue<>();

  public BoundedCache(int capacity) {
    this.capacity = capacity;
  }

  /** The value of a key, made if it is not known. */
  public V get(K key, Function<K, V> maker) {
    V known = find(key);
    return known != null ? known : put(key, maker.apply(key));
  }

  /** The value of a key, or null if it is not known. */
  public @Nullable V find(K key) {
    Slot<K, V> slot = slots.get(key);
    if (slot == null) {
      return null;
    }
    if (!slot.used) {
      slot.used = true;
    }
    return slot.value;
  }

  /** Makes a value known; what the key stands for now, which may be what another thread put. */
  public V put(K key, V value) {
    Slot<K, V> made = new Slot<>(key, value);
    Slot<K, V> known = slots.putIfAbsent(key, made);
    if (known != null) {
      return known.value;
    }
    order.add(made);
    evict();
    return value;
  }

  public int size() {
    return slots.size();
  }

  private void evict() {
    while (slots.size() > capacity) {
      Slot<K, V> oldest = order.poll();
      if (oldest == null) {
        return;
      }
      if (oldest.used) {
        oldest.used = false;
        order.add(oldest);
      } else {
        slots.remove(oldest.key, oldest);
      }
    }
  }
}
