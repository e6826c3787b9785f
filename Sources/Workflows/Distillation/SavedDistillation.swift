import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierTensors

/// The states of one distillation in the checkpoints of its command.
struct SavedDistillation {
  /// The state at the start; `nil` if there is none.
  let state: DistillationState?
  private let checkpoints: Checkpoints
  private let origin: StateOrigin

  /// The states of the distillation of `student` from `teacher` on so many inputs.
  init(
    of student: Graph, from teacher: Graph, _ distillation: BlockwiseDistillation, inputs: Int,
    in checkpoints: Checkpoints
  ) throws(EspalierError) {
    self.checkpoints = checkpoints
    origin = StateOrigin(
      sources: ["network": student.checksum, "teacher": teacher.checksum],
      settings: StateOrigin.settings(of: distillation, except: ["backend", "checkpoints", "clock"])
        .merging(["inputs": "\(inputs)"]) { own, _ in own })
    state = try checkpoints.state(of: origin, as: DistillationState.self)
  }

  /// Keeps the parameters if a state is due, and ends the job if a signal has come.
  ///
  /// - Parameter seconds: The seconds used since the start of this process' part.
  func note(_ student: Graph, used seconds: Double) throws(EspalierError) {
    try checkpoints.note(of: origin) { () throws(EspalierError) in reached(student, used: seconds) }
  }

  /// Keeps the parameters at the end, with all the time as used: nothing is left to do.
  func keep(_ student: Graph, used seconds: Double) throws(EspalierError) {
    try checkpoints.keep(of: origin, reached(student, used: seconds))
  }

  private func reached(_ student: Graph, used seconds: Double) -> DistillationState {
    let parameters = student.parameters.compactMap { name in student.constants[name].map { (name, $0) } }
    return DistillationState(
      origin: origin, parameters: Dictionary(uniqueKeysWithValues: parameters),
      seconds: (state?.seconds ?? 0) + seconds)
  }
}
