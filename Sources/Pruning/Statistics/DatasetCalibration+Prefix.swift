import EspalierDatasets

extension DatasetCalibration {
  /// Calibration on `count` representative samples, or on all if there are fewer.
  ///
  /// Several data sets are paired by index, so that all give the samples that represent the first.
  package func prefix(_ count: Int) -> DatasetCalibration {
    guard count < self.count, let first = sources.first?.dataset else { return self }
    let indices = first.representativeIndices(count)
    return taking(indices)
  }
}
