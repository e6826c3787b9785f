import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// The running statistics of a network in training: after each step they follow those of the batch.
struct RunningStatistics {
  private struct Entry {
    let statistic: BatchStatisticsGraph.Statistic
    let batch: Buffer
    var running: [Float]
  }

  private var entries: [Entry]

  /// The statistics stored in `network`, and the locations of the batch statistics in `session`.
  init(_ statistics: [BatchStatisticsGraph.Statistic], of network: Graph, in session: Session) throws(EspalierError) {
    entries = try statistics.map { (statistic) throws(EspalierError) in
      Entry(
        statistic: statistic, batch: try session.buffer(statistic.batch),
        running: network.constants[statistic.stored]?.elements() ?? [])
    }
  }

  /// The statistics of the last batch that was run, one behind the other.
  var batch: [Float] { entries.flatMap { Array($0.batch.floats) } }

  /// `running = momentum running + (1 - momentum) batch`, for a batch with these statistics (``batch``).
  mutating func follow(_ batch: [Float]) {
    var place = 0
    for index in entries.indices {
      let momentum = entries[index].statistic.momentum
      for i in entries[index].running.indices {
        entries[index].running[i] = momentum * entries[index].running[i] + (1 - momentum) * batch[place]
        place += 1
      }
    }
  }

  /// The statistics, by the name of the value that holds those of a batch.
  var values: [String: Tensor] {
    Dictionary(
      uniqueKeysWithValues: entries.map { ($0.statistic.batch, Tensor(shape: [$0.running.count], $0.running)) })
  }

  /// Sets the statistics to ``values``.
  ///
  /// - Throws: `EspalierError` if a statistic is missing or has another size.
  mutating func restore(_ values: [String: Tensor]) throws(EspalierError) {
    for index in entries.indices {
      let (name, count) = (entries[index].statistic.batch, entries[index].running.count)
      guard let tensor = values[name], tensor.elementType == .float32, tensor.count == count else {
        throw EspalierError(.data, TrainingState.kind, "has no running statistics \"\(name)\"")
      }
      entries[index].running = tensor.elements()
    }
  }

  /// Writes ``values`` to a network.
  func store(_ values: [String: Tensor], in network: inout Graph) {
    for entry in entries { network.constants[entry.statistic.stored] = values[entry.statistic.batch] }
  }
}
