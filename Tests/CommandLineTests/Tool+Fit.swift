import Foundation

extension Tool {
  /// Runs `fit` on a table: what the run says, and its result as JSON, which is empty if it wrote none.
  static func fit(_ data: String, _ arguments: [String]) throws -> (outcome: Outcome, json: [String: Any]) {
    let outcome = try run(arguments: ["fit", data, "--json", "-", "--quiet"] + arguments)
    let json = try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    return (outcome, json ?? [:])
  }
}
