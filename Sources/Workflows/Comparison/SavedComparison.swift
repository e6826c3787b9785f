import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTensors
import Foundation

/// The states of one comparison in the checkpoints of its command: its rows, each kept as soon as it is there.
struct SavedComparison: Sendable {
  /// The state at the start; `nil` if there is none.
  let state: ComparisonState?
  private let checkpoints: Checkpoints
  private let origin: StateOrigin

  /// The states of the comparison of `methods` at `sizes` on `graph`.
  ///
  /// - Throws: `EspalierError` if all states that are left are damaged.
  init(
    of methods: [any SelectionMethod], at sizes: [Double], on graph: Graph, _ request: PruningRequest,
    split: CalibrationSplit, labelled: Int, in checkpoints: Checkpoints
  ) throws(EspalierError) {
    self.checkpoints = checkpoints
    origin = StateOrigin(
      sources: ["network": graph.checksum],
      settings: StateOrigin.settings(of: request, except: ["activationMemory", "checkpoints", "processes"]).merging([
        "methods": methods.map(\.identifier).joined(separator: " "), "sizes": "\(sizes)",
        "inputs": "\(split.calibration.count), \(split.heldOut?.count ?? 0) held out, \(labelled) labelled",
      ]) { $1 })
    state = try checkpoints.state(of: origin, as: ComparisonState.self)
  }

  /// Keeps the rows so far.
  ///
  /// - Throws: `EspalierError` if they cannot be written.
  func keep(_ rows: [NetworkComparison.Row], dense: NetworkComparison.Quality) throws(EspalierError) {
    try checkpoints.keep(
      of: origin, ComparisonState(origin: origin, dense: dense, rows: rows.map(ComparisonState.Row.init)))
  }
}

/// The rows of a comparison so far.
struct ComparisonState: FileState {
  /// What became of one method at one size.
  struct Row: Codable, Sendable {
    /// Why there are no networks.
    struct Refusal: Codable, Sendable {
      let kind, subject, fault: String
      let remedy: String?
    }

    private let figures: NetworkComparison.Outcome?
    private let isUnchanged: Bool
    private let refusal: Refusal?

    init(_ row: NetworkComparison.Row) {
      figures = row.figures
      isUnchanged = row.figures?.latency.isUnchanged ?? false
      if case .failure(let error) = row.outcome {
        refusal = Refusal(
          kind: error.kind.rawValue, subject: error.subject, fault: error.fault, remedy: error.remedy)
      } else {
        refusal = nil
      }
    }

    /// The row that another process has sent.
    ///
    /// - Throws: `EspalierError` if it is not one.
    init(bytes: [UInt8]) throws(EspalierError) {
      do { self = try JSONDecoder.ofAllNumbers().decode(Self.self, from: Data(bytes)) } catch {
        throw EspalierError(.internal, "a row of another process", "\(error)")
      }
    }

    /// The row for other processes, numbers to their last bit.
    func bytes() throws(EspalierError) -> [UInt8] {
      do { return Array(try JSONEncoder.ofAllNumbers().encode(self)) } catch {
        throw EspalierError(.internal, "a row for other processes", "\(error)")
      }
    }

    /// The outcome that was kept; `nil` if the state holds none.
    var outcome: Result<NetworkComparison.Outcome, EspalierError>? {
      if var figures {
        figures.latency.isUnchanged = isUnchanged
        return .success(figures)
      }
      return refusal.map {
        .failure(
          EspalierError(EspalierError.Kind(rawValue: $0.kind) ?? .refusal, $0.subject, $0.fault, remedy: $0.remedy))
      }
    }
  }

  static let kind = "comparison state"
  static let version = 1

  /// The comparison that the state belongs to.
  let origin: StateOrigin
  /// The quality of the dense network.
  let dense: NetworkComparison.Quality
  /// The rows, in order.
  let rows: [Row]
}
