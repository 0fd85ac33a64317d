// The program that reads discs by libraries that a damaged disc may kill: titles, tables of contents, sectors. Plumbing
// of `amphi`; see lib/model/worker_job.hpp for the jobs and the answers.
#include "reader/command.hpp"
#include "reader/worker.hpp"

int main(int count, char** values) {
  return amphi::run_worker({"amphi-reader", AMPHI_VERSION, amphi::answer_reader}, count, values);
}
