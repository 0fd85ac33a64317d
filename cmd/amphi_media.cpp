// The only program that parses media: probes, and makes a DVD title's sectors a Matroska file. Plumbing of `amphi`; see
// lib/model/worker_job.hpp for the jobs and the answers.
#include "media/command.hpp"
#include "reader/worker.hpp"

int main(int count, char** values) {
  return amphi::run_worker({"amphi-media", AMPHI_VERSION, amphi::answer_media}, count, values);
}
