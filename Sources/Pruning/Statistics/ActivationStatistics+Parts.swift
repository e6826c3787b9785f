extension ActivationStatistics {
  /// The statistics of one of `count` equal parts of the rows: what one group of a grouped convolution reads.
  func part(_ index: Int, of count: Int) -> ActivationStatistics {
    if count == 1 { return self }
    let own = Array(index * (rows / count)..<(index + 1) * (rows / count))
    return ActivationStatistics(
      self, sum: own.map { sum[$0] }, gram: gram.taking(rows: own, columns: own), map: map?.part(index, of: count))
  }
}

extension SummedMap {
  /// The maps of one of `count` equal parts of the channels.
  fileprivate func part(_ index: Int, of count: Int) -> SummedMap {
    let size = values.count / count
    return SummedMap(
      channels: channels / count, windows: windows, values: Array(values[index * size..<(index + 1) * size]))
  }
}
