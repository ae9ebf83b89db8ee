package dev.lanegrad.autodiff;

import dev.lanegrad.testing.ExportedClasses;
import dev.lanegrad.testing.Surface;
import org.junit.jupiter.api.Test;

/** What users see changes only together with the list of it. */
class SurfaceTest {
  @Test
  void whatUsersSeeIsListed() throws Exception {
    Surface.assertIsThatOfTheFile(ExportedClasses.all(Tensor.class));
  }
}
