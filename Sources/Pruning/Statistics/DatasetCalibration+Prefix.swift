import EspalierDatasets

extension DatasetCalibration {
  /// Calibration on `count` representative samples, or on all if there are fewer.
  package func prefix(_ count: Int) -> DatasetCalibration {
    count < self.count ? replacing(dataset.representatives(count)) : self
  }
}
