import Engine
import Execution
import Graph
import Operators
import Tensors

/// The running statistics of a network while it is trained: after each step they follow those of the batch.
struct RunningStatistics {
  private struct Entry {
    let statistic: BatchStatisticsGraph.Statistic
    let batch: Buffer
    var running: [Float]
  }

  private var entries: [Entry]

  /// The statistics as `network` stores them, and where `session` leaves those of a batch.
  init(_ statistics: [BatchStatisticsGraph.Statistic], of network: Graph, in session: Session) throws {
    entries = try statistics.map { statistic in
      Entry(
        statistic: statistic, batch: try session.buffer(statistic.batch),
        running: network.constants[statistic.stored]?.elements() ?? [])
    }
  }

  /// `running = momentum running + (1 - momentum) batch`, after a run.
  mutating func follow() {
    for index in entries.indices {
      let momentum = entries[index].statistic.momentum
      let batch = entries[index].batch.floats
      for i in batch.indices {
        entries[index].running[i] = momentum * entries[index].running[i] + (1 - momentum) * batch[i]
      }
    }
  }

  /// Writes them to a network.
  func store(in network: inout Graph) {
    for entry in entries {
      network.constants[entry.statistic.stored] = Tensor(shape: [entry.running.count], entry.running)
    }
  }
}
