/** What a training needs besides a model and an optimizer, from data sets to metrics. */
module dev.lanegrad.training {
  requires transitive dev.lanegrad.autodiff;
  requires transitive dev.lanegrad.layers;
  requires transitive dev.lanegrad.optim;
  requires com.fasterxml.jackson.core;
  requires java.desktop;
  requires me.tongfei.progressbar;
  requires java.management;
  requires org.apache.commons.csv;
  requires static org.jspecify;

  exports dev.lanegrad.training;
  exports dev.lanegrad.training.data;
  exports dev.lanegrad.training.files;
  exports dev.lanegrad.training.log;
  exports dev.lanegrad.training.metric;
}
