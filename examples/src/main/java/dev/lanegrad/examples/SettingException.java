package dev.lanegrad.examples;

/** An option's value does not fit; the message names the option. */
final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  SettingException(String message) {
    super(message);
  }
}
