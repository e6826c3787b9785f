import EspalierTensors
import Foundation
import Testing

/// The tool started by `mpirun`.
struct ManyProcessesTests {
  private let shop: Workshop

  init() throws {
    shop = try Workshop(widths: [6, 48, 48, 4])
    try NPY.write(Tensor(shape: [40], (0..<40).map { Int64($0 % 4) }), to: shop.path("labels.npy"))
    var generator = SeededGenerator(seed: 7)
    let lines = (0..<3000).map { _ in
      (0..<40).map { _ in String(Int(generator.normal() * 100)) }.joined(separator: ",")
    }
    let header = (0..<40).map { "c\($0)" }.joined(separator: ",")
    try ([header] + lines).joined(separator: "\n").write(
      toFile: shop.path("table.csv"), atomically: true, encoding: .utf8)
  }

  /// Whether the tool can be started so, of this build and on this machine.
  static let isPossible: Bool = {
    #if MPI
      (try? Tool.shell("mpirun --version").status) == 0
    #else
      false
    #endif
  }()

  private static let reason: Comment = "needs a build with MPI and mpirun (Debian: openmpi-bin)"
  private static let mpirun = "mpirun --allow-run-as-root --oversubscribe"

  private var data: String { "\(shop.calibration),\(shop.path("labels.npy"))" }

  /// A command for each that several processes run; `OUT` is the file it writes.
  private var commands: [[String]] {
    [
      ["prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "--batch", "7", "-o", "OUT"],
      ["prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "--one-shot", "-o", "OUT"],
      [
        "prune", shop.model, "--calibration", shop.calibration, "--keep", "0.5", "--finetune", data, "--epochs", "1",
        "--finetune-batch", "8", "-o", "OUT",
      ],
      ["train", shop.model, "--data", data, "--batch", "4", "--epochs", "3", "--accumulate", "3", "-o", "OUT"],
      ["finetune", shop.model, "--data", data, "--batch", "8", "--epochs", "2", "-o", "OUT"],
      ["fit", shop.path("table.csv"), "--target", "c0", "--family", "gaussian", "--model", "OUT"],
    ]
  }

  /// The words of a shell, with `OUT` as this file.
  private func words(_ command: [String], writing output: String) -> String {
    (command + ["--threads", "1"]).map { "'\($0 == "OUT" ? shop.path(output) : $0)'" }.joined(separator: " ")
  }

  @Test(.enabled(if: isPossible, reason), arguments: 0..<6) func theBytesAreThoseOfOneProcess(_ index: Int) throws {
    let command = commands[index]
    let alone = try Tool.shell("\"$tool\" \(words(command, writing: "alone"))")
    #expect(alone.status == 0, "\(alone.errors)")
    for count in [2, 3] {
      let shared = try Tool.shell("\(Self.mpirun) -n \(count) \"$tool\" \(words(command, writing: "shared-\(count)"))")
      #expect(shared.status == 0, "\(shared.errors)")
      #expect(try shop.contents("shared-\(count)") == shop.contents("alone"), "\(command[0]) by \(count) processes")
      // Rank 0 alone speaks; what it measures differs from run to run.
      #expect(shared.output.split(separator: "\n").count == alone.output.split(separator: "\n").count)
    }
  }

  /// The rows are those of one process but for what is measured.
  @Test(.enabled(if: isPossible, reason)) func methodsAreComparedByTurns() throws {
    struct Report: Decodable, Equatable {
      struct Cost: Decodable, Equatable { let macs, parameters: Int }
      struct Quality: Decodable, Equatable { let agreement, relativeError: Double? }
      struct Row: Decodable, Equatable {
        let method: String
        let size: Double
        let plain, refitted: Quality?
        let cost: Cost?
      }
      let rows: [Row]
    }
    func rows(_ command: String) throws -> Report {
      let outcome = try Tool.shell(
        "\(command) compare '\(shop.model)' --calibration '\(shop.calibration)' --methods l1,l2,omp,taylor "
          + "--sizes 0.5,0.25 --batch 7 --threads 1 --json '\(shop.path("rows.json"))' --quiet")
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try JSONDecoder().decode(Report.self, from: Data(try shop.contents("rows.json")))
    }
    let alone = try rows("\"$tool\"")
    #expect(alone.rows.count == 8 && alone.rows.contains { $0.plain != nil })
    for count in [2, 3] { #expect(try rows("\(Self.mpirun) -n \(count) \"$tool\"") == alone) }
  }

  @Test(.enabled(if: isPossible, reason)) func commandsOfOneProcessRefuse() throws {
    for (command, subject) in [
      ("evaluate \(shop.model) --data \(data)", "the command evaluate"),
      (
        "prune \(shop.model) --calibration \(shop.calibration) --keep 0.5 --distil 1 -o \(shop.path("out.onnx"))",
        "--distil"
      ),
      ("fit - --target y --family gaussian", "standard input"),
    ] {
      let outcome = try Tool.shell("\(Self.mpirun) -n 2 \"$tool\" \(command)")
      #expect(outcome.status == 64)
      let sentences = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("espalier:") }
      #expect(sentences.count == 1 && sentences[0].contains("runs in one process"))
      #expect(sentences.first?.contains(subject) == true)
      #expect(!shop.exists("out.onnx"))
    }
  }

  /// An error that all processes meet is told once.
  @Test(.enabled(if: isPossible, reason)) func errorsAreToldOnce() throws {
    let training = ["train", shop.path("none.onnx"), "--data", data, "--accumulate", "3", "-o", "OUT"]
    let outcome = try Tool.shell("\(Self.mpirun) -n 3 \"$tool\" \(words(training, writing: "out.onnx"))")
    #expect(outcome.status == 65)
    #expect(outcome.errors.split(separator: "\n").count { $0.hasPrefix("espalier:") } == 1)
  }

  #if os(Linux)
    /// One process is killed in the middle: the others end, nothing half-written is left, and the same command goes on
    /// to the bytes of a run that was not disturbed.
    @Test(.enabled(if: isPossible, reason), arguments: [1, 2]) func aRankThatDiesEndsTheRun(_ rank: Int) throws {
      let training = [
        "train", shop.model, "--data", data, "--batch", "4", "--accumulate", "2", "--epochs", "300", "-o", "OUT",
        "--quiet",
      ]
      #expect(try Tool.shell("\"$tool\" \(words(training, writing: "whole.onnx"))").status == 0)
      let states = shop.path("states")
      let command = words(training + ["--checkpoint", states, "--every", "0s"], writing: "parts.onnx")
      let outcome = try Tool.shell(
        """
        \(Self.mpirun) -n 2 "$tool" \(command) & job=$!
        until [ $(ls \(states)/*.state 2>/dev/null | wc -l) -ge 2 ] || ! kill -0 $job 2>/dev/null; do sleep 0.01; done
        set -- $(cat /proc/$job/task/$job/children); kill -9 $\(rank)
        wait $job
        """)
      #expect(outcome.status != 0 && outcome.errors.contains("killed") || outcome.errors.contains("signal 9"))
      #expect(!shop.exists("parts.onnx"))
      #expect(try shop.unfinished.isEmpty)
      let rest = try Tool.shell("\(Self.mpirun) -n 3 \"$tool\" \(command)")
      #expect(rest.status == 0, "\(rest.errors)")
      #expect(try shop.contents("parts.onnx") == shop.contents("whole.onnx"))
    }
  #endif

  /// A process that was started as one of several never works by itself.
  @Test func oneOfSeveralNeverWorksAlone() throws {
    let outcome = try Tool.shell(
      "OMPI_COMM_WORLD_SIZE=2 \"$tool\" \(words(commands[0], writing: "out.onnx"))")
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("espalier: 2 processes were started: "))
    #expect(!shop.exists("out.onnx"))
  }
}
