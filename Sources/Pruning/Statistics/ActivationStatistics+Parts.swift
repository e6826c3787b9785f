extension ActivationStatistics {
  /// The statistics of one of `count` equal parts of the rows: the input of one group of a grouped convolution. They
  /// omit contributions of units, which refer to the whole output.
  func part(_ index: Int, of count: Int) -> ActivationStatistics {
    if count == 1 { return self }
    let own = Array(index * (rows / count)..<(index + 1) * (rows / count))
    let sums: FirstMoments =
      switch first {
      case .rows(let sums): .rows(own.map { sums[$0] })
      case .maps(let maps): .maps(maps.map { $0.part(index, of: count) })
      }
    var part = ActivationStatistics(
      count: self.count, samples: sampleCount, sums, gram.map { .gram($0.taking(rows: own, columns: own)) })
    part.magnitudes = magnitudes.map { all in
      Array(all[index * (all.count / count)..<(index + 1) * (all.count / count)])
    }
    part.partialSums = partialSums.map { all in own.map { all[$0] } }
    part.target = target?.part(index, of: count, rows: own)
    part.folds = folds.map { $0.part(index, of: count) }
    return part
  }
}

extension SummedMap {
  /// The maps of one of `count` equal parts of the channels.
  fileprivate func part(_ index: Int, of count: Int) -> SummedMap {
    let size = values.count / count
    var part = SummedMap(
      channels: channels / count, windows: windows, values: Array(values[index * size..<(index + 1) * size]))
    part.sampleCount = sampleCount
    return part
  }
}
