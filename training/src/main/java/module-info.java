/** What a training needs besides a model and an optimizer, from data sets to metrics. */
module dev.lanegrad.training {
  requires transitive dev.lanegrad.autodiff;
  requires transitive dev.lanegrad.layers;
  requires transitive dev.lanegrad.optim;
  requires java.desktop;
  requires java.management;
  requires org.apache.commons.csv;
  requires static org.jspecify;

  exports dev.lanegrad.training;
  exports dev.lanegrad.training.data;
}
