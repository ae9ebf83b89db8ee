package dev.lanegrad.autodiff.internal.kernel;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

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
    Slot<K, V> slot = slots.get(key);
    if (slot == null) {
      Slot<K, V> made = new Slot<>(key, maker.apply(key));
      slot = slots.putIfAbsent(key, made);
      if (slot == null) {
        slot = made;
        order.add(made);
        evict();
      }
    }
    if (!slot.used) {
      slot.used = true;
    }
    return slot.value;
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
