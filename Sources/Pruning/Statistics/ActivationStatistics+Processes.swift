import EspalierProcesses

extension ActivationStatistics {
  /// Completes sums of which each process has added up its part, in all processes.
  mutating func complete(among processes: any ProcessGroup) {
    count = processes.sum(count)
    sampleCount = processes.sum(sampleCount)
    switch first {
    case .rows(var rows):
      first = .rows([])
      processes.complete(&rows)
      first = .rows(rows)
    case .maps(var maps):
      first = .rows([])
      for index in maps.indices {
        maps[index].sampleCount = processes.sum(maps[index].sampleCount)
        processes.complete(&maps[index].values)
      }
      first = .maps(maps)
    }
    if var own = magnitudes.take() {
      processes.complete(&own)
      magnitudes = own
    }
    if var own = partialSums.take() {
      processes.complete(&own)
      partialSums = own
    }
    changeSecond { processes.complete(&$0) }
    if case .contributions(let matrix, let energy)? = secondMoments {
      secondMoments = .contributions(matrix, outputEnergy: processes.completed(energy))
    }
  }
}

extension TargetMoments {
  /// Completes sums of which each process has added up its part, in all processes.
  mutating func complete(among processes: any ProcessGroup) {
    processes.complete(&cross.elements)
    processes.complete(&sum)
    processes.complete(&squares)
  }
}

extension ProcessGroup {
  /// A number that one process has added up, in all processes.
  fileprivate func completed(_ number: Double) -> Double {
    var numbers = [number]
    complete(&numbers)
    return numbers[0]
  }
}
