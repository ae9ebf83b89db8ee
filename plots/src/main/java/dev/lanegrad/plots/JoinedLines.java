package dev.lanegrad.plots;

import de.erichseifert.vectorgraphics2d.intermediate.CommandSequence;
import de.erichseifert.vectorgraphics2d.intermediate.commands.Command;
import de.erichseifert.vectorgraphics2d.intermediate.commands.DrawShapeCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetColorCommand;
import de.erichseifert.vectorgraphics2d.intermediate.commands.SetStrokeCommand;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes one path of lines that follow each other in the same colour and stroke. XChart draws a
 * curve line by line, which makes files of SVG some times as large.
 */
final class JoinedLines {
  private final List<Command<?>> joined = new ArrayList<>();
  private final Map<Class<?>, Object> settings = new HashMap<>();
  private @Nullable Path2D path;

  private JoinedLines() {}

  static CommandSequence of(CommandSequence commands) {
    JoinedLines lines = new JoinedLines();
    commands.forEach(lines::add);
    lines.endPath();
    return lines.joined::iterator;
  }

  private void add(Command<?> command) {
    switch (command) {
      case DrawShapeCommand draw when draw.getValue() instanceof Line2D line -> add(line);
      case SetColorCommand _, SetStrokeCommand _ -> {
        if (!command.getValue().equals(settings.put(command.getClass(), command.getValue()))) {
          end(command);
        }
      }
      case DrawShapeCommand _ -> end(command);
      default -> {
        settings.clear(); // it may have changed them
        end(command);
      }
    }
  }

  private void end(Command<?> command) {
    endPath();
    joined.add(command);
  }

  /** The command keeps a copy of the path, which therefore has to be whole. */
  private void endPath() {
    if (path != null) {
      joined.add(new DrawShapeCommand(path));
      path = null;
    }
  }

  private void add(Line2D line) {
    if (path == null) {
      path = new Path2D.Double(line);
      return;
    }
    if (!line.getP1().equals(path.getCurrentPoint())) {
      path.moveTo(line.getX1(), line.getY1());
    }
    path.lineTo(line.getX2(), line.getY2());
  }
}
