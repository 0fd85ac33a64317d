// at_call OPTION... PROGRAM ARGUMENT... : runs PROGRAM and everything it starts, numbers the system calls that change
// files, each role's for itself, and makes one of them go wrong before it is carried out.
//   --log FILE                a line per numbered call: ROLE NUMBER CALL NAME; the chosen one has a "!" before it
//   --role ROLE --at NUMBER   which call: of the `coordinator` (PROGRAM itself), a `step` (`PROGRAM step run`), a `worker`
//                             (amphi-reader, amphi-media) or a `tool` (anything else)
//   --kill | --kill-all       SIGKILL of its process, or of all
//   --cut FOLDER              the power fails: the file system of FOLDER loses all that was not made durable (as often as
//                             wanted), then everything is killed
//   --error NUMBER            the call fails with this errno
//   --also-reading            opening what is there is numbered too, as CALL-there
//   --refuse CALL=NUMBER      this call always fails so: renameat2 (only with flags), linkat
// Ends when all of it has ended, with PROGRAM's status (128 + n after signal n). After an fsync that was made to fail, a
// second one of the same file is logged as RETRIED.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define FS_SHUTDOWN _IOR('X', 125, uint32_t)  // of ext4 and, with the same number, of XFS
enum { kWithoutFlushing = 2, kMost = 4096 };

enum kind { kOpen, kOpenHow, kByDescriptor, kOutIsThird, kClone, kByName, kByNameAt, kEnd };
struct call { int number; const char* name; enum kind kind; };
static const struct call kCalls[] = {
    {SYS_openat, "openat", kOpen}, {SYS_openat2, "openat2", kOpenHow},
    {SYS_write, "write", kByDescriptor}, {SYS_pwrite64, "pwrite64", kByDescriptor},
    {SYS_writev, "writev", kByDescriptor}, {SYS_pwritev, "pwritev", kByDescriptor},
    {SYS_pwritev2, "pwritev2", kByDescriptor}, {SYS_fsync, "fsync", kByDescriptor},
    {SYS_fdatasync, "fdatasync", kByDescriptor}, {SYS_ftruncate, "ftruncate", kByDescriptor},
    {SYS_fallocate, "fallocate", kByDescriptor}, {SYS_fchmod, "fchmod", kByDescriptor},
    {SYS_fchown, "fchown", kByDescriptor}, {SYS_sendfile, "sendfile", kByDescriptor},
    {SYS_copy_file_range, "copy_file_range", kOutIsThird}, {SYS_splice, "splice", kOutIsThird},
    {SYS_ioctl, "ioctl", kClone}, {SYS_fsetxattr, "fsetxattr", kByDescriptor},
    {SYS_fremovexattr, "fremovexattr", kByDescriptor}, {SYS_setxattr, "setxattr", kByName},
    {SYS_removexattr, "removexattr", kByName}, {SYS_mknod, "mknod", kByName}, {SYS_mknodat, "mknodat", kByNameAt},
    {SYS_open, "open", kByName}, {SYS_creat, "creat", kByName}, {SYS_truncate, "truncate", kByName},
    {SYS_rename, "rename", kByName}, {SYS_link, "link", kByName}, {SYS_unlink, "unlink", kByName},
    {SYS_mkdir, "mkdir", kByName}, {SYS_rmdir, "rmdir", kByName}, {SYS_symlink, "symlink", kByName},
    {SYS_chmod, "chmod", kByName}, {SYS_chown, "chown", kByName},
    {SYS_renameat, "renameat", kByNameAt}, {SYS_renameat2, "renameat2", kByNameAt},
    {SYS_linkat, "linkat", kByNameAt}, {SYS_unlinkat, "unlinkat", kByNameAt},
    {SYS_mkdirat, "mkdirat", kByNameAt}, {SYS_symlinkat, "symlinkat", kByNameAt},
    {SYS_fchmodat, "fchmodat", kByNameAt}, {SYS_fchownat, "fchownat", kByNameAt},
    {SYS_utimensat, "utimensat", kByNameAt}, {SYS_exit_group, "exit_group", kEnd}};
enum { kCallCount = sizeof kCalls / sizeof *kCalls };

struct process { pid_t pid; char role[16]; };

static struct {
  FILE* log;
  const char *role, *cuts[8];
  long at;
  int cut_count, kill_one, kill_all, error, also_reading;
  int refuse_rename, refuse_link;
} wanted;
static struct process processes[kMost];
static int process_count;
static struct { char role[16]; long count; } counts[8];
static struct stat failed_file;  // of the fsync that was made to fail
static int hit;

static void die(const char* what) { perror(what); exit(125); }

// --- who is who

static pid_t process_of(pid_t thread) {
  char name[64], line[256];
  snprintf(name, sizeof name, "/proc/%d/status", thread);
  FILE* file = fopen(name, "re");
  pid_t group = thread;
  while (file && fgets(line, sizeof line, file))
    if (sscanf(line, "Tgid: %d", &group) == 1) break;
  if (file) fclose(file);
  return group;
}

static struct process* find(pid_t pid) {
  for (int i = 0; i < process_count; ++i)
    if (processes[i].pid == pid) return &processes[i];
  return NULL;
}

static void set_role(pid_t pid, const char* role) {
  struct process* known = find(pid);
  if (!known) {
    if (process_count == kMost) die("too many processes");
    known = &processes[process_count++];
    known->pid = pid;
  }
  snprintf(known->role, sizeof known->role, "%s", role);
}

// Of a process that has just become another program.
static const char* role_by_arguments(pid_t pid) {
  char name[64], text[4096] = {0};
  snprintf(name, sizeof name, "/proc/%d/cmdline", pid);
  FILE* file = fopen(name, "re");
  const size_t size = file ? fread(text, 1, sizeof text - 2, file) : 0;
  if (file) fclose(file);
  const char* second = text + strlen(text) + 1;
  if (second < text + size && strcmp(second, "step") == 0) return "step";
  const char* slash = strrchr(text, '/');
  const char* program = slash ? slash + 1 : text;
  return strcmp(program, "amphi-reader") == 0 || strcmp(program, "amphi-media") == 0 ? "worker" : "tool";
}

// --- which call, on what

static void read_text(pid_t pid, uint64_t address, char* text, size_t size) {
  size_t at = 0;
  while (at + sizeof(long) < size) {
    errno = 0;
    const long word = ptrace(PTRACE_PEEKDATA, pid, address + at, NULL);
    if (errno) break;
    memcpy(text + at, &word, sizeof word);
    if (memchr(&word, 0, sizeof word)) return;
    at += sizeof word;
  }
  text[at] = 0;
}

static void name_at(pid_t pid, int folder, uint64_t address, char* text, size_t size) {
  char base[PATH_MAX], link[64];
  read_text(pid, address, base, sizeof base);
  text[0] = 0;
  if (base[0] != '/' && folder != AT_FDCWD) {
    snprintf(link, sizeof link, "/proc/%d/fd/%d", pid, folder);
    const ssize_t length = readlink(link, text, size - 2);
    text[length > 0 ? length : 0] = 0;
    strcat(text, "/");
  }
  strncat(text, base, size - strlen(text) - 1);
}

static int stat_descriptor(pid_t pid, int descriptor, struct stat* found, char* text, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/%d/fd/%d", pid, descriptor);
  const ssize_t length = readlink(link, text, size - 1);
  text[length > 0 ? length : 0] = 0;
  return stat(link, found);
}

static int is_of_the_system(const char* name) {
  static const char* const kPlaces[] = {"/lib", "/usr/", "/etc/", "/proc/", "/sys/", "/dev/null", "/dev/tty"};
  for (size_t i = 0; i < sizeof kPlaces / sizeof *kPlaces; ++i)
    if (strncmp(name, kPlaces[i], strlen(kPlaces[i])) == 0) return 1;
  return 0;
}

// Of an openat or an openat2.
static int opens_what_is_there(pid_t pid, const struct call* call, const uint64_t* args) {
  if (call->kind != kOpen && call->kind != kOpenHow) return 0;
  const uint64_t flags = call->kind == kOpen ? args[2] : (uint64_t)ptrace(PTRACE_PEEKDATA, pid, args[2], NULL);
  return !(flags & (O_CREAT | O_TRUNC));
}

// Whether the call is one that changes something (or opens, where that is wanted); `text` becomes the name it is about.
static int is_numbered(pid_t pid, const struct call* call, const uint64_t* args, char* text, size_t size) {
  struct stat found;
  text[0] = 0;
  switch (call->kind) {
    case kOpen:
    case kOpenHow:
      name_at(pid, (int)args[0], args[1], text, size);
      return !is_of_the_system(text) && (wanted.also_reading || !opens_what_is_there(pid, call, args));
    case kClone:
      if (args[1] != FICLONE && args[1] != FICLONERANGE) return 0;  // of the others amphi's are about drives
      // fall through
    case kByDescriptor:
    case kOutIsThird:
      if (stat_descriptor(pid, (int)args[call->kind == kOutIsThird ? 2 : 0], &found, text, size) != 0) return 0;
      return S_ISREG(found.st_mode) || S_ISDIR(found.st_mode);
    case kByName:
      read_text(pid, args[0], text, size);
      return !is_of_the_system(text);
    case kByNameAt:
      name_at(pid, (int)args[0], args[1], text, size);
      return 1;
    case kEnd:
      return 1;
  }
  return 0;
}

static long next_number(const char* role) {
  int i = 0;
  while (counts[i].count && strcmp(counts[i].role, role) != 0) ++i;
  snprintf(counts[i].role, sizeof counts[i].role, "%s", role);
  return ++counts[i].count;
}

// --- making it go wrong

static void fail_call(pid_t pid, int error) {
  struct user_regs_struct registers;
  if (ptrace(PTRACE_GETREGS, pid, NULL, &registers) != 0) return;  // killed meanwhile
  registers.orig_rax = (unsigned long long)-1;
  registers.rax = (unsigned long long)-error;
  ptrace(PTRACE_SETREGS, pid, NULL, &registers);
}

static void cut_power(const char* folder) {
  const int descriptor = open(folder, O_RDONLY | O_CLOEXEC);
  uint32_t how = kWithoutFlushing;
  if (descriptor < 0 || ioctl(descriptor, FS_SHUTDOWN, &how) != 0) die(folder);
  close(descriptor);
}

static void kill_everything(void) {
  for (int i = 0; i < process_count; ++i)
    if (processes[i].pid > 0) kill(processes[i].pid, SIGKILL);
}

static void go_wrong(pid_t thread, const struct call* call, const uint64_t* args) {
  char text[PATH_MAX];
  for (int i = 0; i < wanted.cut_count; ++i) cut_power(wanted.cuts[i]);
  if (wanted.cut_count || wanted.kill_all) return kill_everything();
  if (wanted.kill_one) {
    kill(process_of(thread), SIGKILL);
    return;
  }
  if (call->number == SYS_fsync || call->number == SYS_fdatasync)
    stat_descriptor(thread, (int)args[0], &failed_file, text, sizeof text);
  fail_call(thread, wanted.error);
}

static int is_retried(pid_t pid, const struct call* call, const uint64_t* args) {
  struct stat now;
  char text[PATH_MAX];
  return hit && S_ISREG(failed_file.st_mode) && (call->number == SYS_fsync || call->number == SYS_fdatasync) &&
         stat_descriptor(pid, (int)args[0], &now, text, sizeof text) == 0 && now.st_ino == failed_file.st_ino &&
         now.st_dev == failed_file.st_dev;
}

static int refusal(const struct call* call, const uint64_t* args) {
  if (call->number == SYS_renameat2 && args[4] != 0) return wanted.refuse_rename;
  if (call->number == SYS_linkat || call->number == SYS_link) return wanted.refuse_link;
  return 0;
}

static void at_stop(pid_t thread) {
  struct __ptrace_syscall_info info;
  if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0) return;
  const struct process* process = find(process_of(thread));
  const struct call* call = kCalls;
  while (call < kCalls + kCallCount && call->number != (int)info.seccomp.nr) ++call;
  if (!process || call == kCalls + kCallCount || strcmp(process->role, "begun") == 0) return;
  char text[2 * PATH_MAX];
  uint64_t args[6];
  for (int i = 0; i < 6; ++i) args[i] = info.seccomp.args[i];
  if (!is_numbered(thread, call, args, text, sizeof text)) return;
  const long number = next_number(process->role);
  const int here = !hit && wanted.role && number == wanted.at && strcmp(process->role, wanted.role) == 0;
  const int again = is_retried(thread, call, args);
  fprintf(wanted.log, "%s%s %ld %s%s %s%s\n", here ? "!" : "", process->role, number, call->name,
          opens_what_is_there(thread, call, args) ? "-there" : "", text, again ? " RETRIED" : "");
  const int refused = refusal(call, args);
  if (refused) fail_call(thread, refused);
  if (!here) return;
  hit = 1;
  fflush(wanted.log);
  go_wrong(thread, call, args);
}

// --- following everything

static void install_filter(void) {
  struct sock_filter filter[kCallCount + 4];
  int size = 0;
  filter[size++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (int i = 0; i < kCallCount; ++i)
    filter[size++] =
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)kCalls[i].number, (uint8_t)(kCallCount - i), 0);
  filter[size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  filter[size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
  const struct sock_fprog program = {(unsigned short)size, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) die("PR_SET_NO_NEW_PRIVS");
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) die("PR_SET_SECCOMP");
}

static pid_t start(char** arguments) {
  int gate[2];
  char byte = 0;
  if (pipe2(gate, O_CLOEXEC) != 0) die("pipe2");
  const pid_t child = fork();
  if (child < 0) die("fork");
  if (child == 0) {
    if (read(gate[0], &byte, 1) != 1) _exit(125);  // not before it is traced
    install_filter();
    execvp(arguments[0], arguments);
    die(arguments[0]);
  }
  const long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
                       PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
  if (ptrace(PTRACE_SEIZE, child, NULL, options) != 0) die("PTRACE_SEIZE");
  if (write(gate[1], &byte, 1) != 1) die("write");
  close(gate[0]);
  close(gate[1]);
  return child;
}

static void forget(pid_t pid) {
  struct process* known = find(pid);
  if (known) known->pid = 0;
}

static void go_on(pid_t thread, int status, pid_t first) {
  const int event = status >> 16;
  long signal_number = 0;
  if (event == PTRACE_EVENT_SECCOMP) {
    at_stop(thread);
  } else if (event == PTRACE_EVENT_EXEC) {
    set_role(thread, thread == first ? "coordinator" : role_by_arguments(thread));
  } else if (event == PTRACE_EVENT_STOP) {
    const pid_t process = process_of(thread);
    if (!find(process)) set_role(process, "begun");
    const int stop = WSTOPSIG(status);
    if (stop == SIGSTOP || stop == SIGTSTP || stop == SIGTTIN || stop == SIGTTOU) {
      ptrace(PTRACE_LISTEN, thread, NULL, NULL);
      return;
    }
  } else if (event == 0) {
    signal_number = WSTOPSIG(status);
  }
  if (hit && (wanted.cut_count || wanted.kill_all)) kill(process_of(thread), SIGKILL);
  ptrace(PTRACE_CONT, thread, NULL, signal_number);
}

static int follow(pid_t first) {
  int status, result = 0;
  for (;;) {
    const pid_t thread = waitpid(-1, &status, __WALL);
    if (thread < 0 && errno == EINTR) continue;
    if (thread < 0) return result;
    if (WIFSTOPPED(status)) {
      go_on(thread, status, first);
      continue;
    }
    forget(thread);
    if (thread == first) result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
}

static int refused_error(const char* text, const char* call) {
  const size_t length = strlen(call);
  return strncmp(text, call, length) == 0 && text[length] == '=' ? atoi(text + length + 1) : 0;
}

static char** take_options(char** word) {
  for (; *word && strncmp(*word, "--", 2) == 0; ++word) {
    const char* option = *word + 2;
    if (strcmp(option, "kill") == 0) wanted.kill_one = 1;
    else if (strcmp(option, "kill-all") == 0) wanted.kill_all = 1;
    else if (strcmp(option, "also-reading") == 0) wanted.also_reading = 1;
    else if (!word[1]) break;
    else if (strcmp(option, "log") == 0) wanted.log = fopen(*++word, "we");
    else if (strcmp(option, "role") == 0) wanted.role = *++word;
    else if (strcmp(option, "at") == 0) wanted.at = atol(*++word);
    else if (strcmp(option, "error") == 0) wanted.error = atoi(*++word);
    else if (strcmp(option, "cut") == 0 && wanted.cut_count < 8) wanted.cuts[wanted.cut_count++] = *++word;
    else if (strcmp(option, "refuse") == 0) {
      wanted.refuse_rename += refused_error(*++word, "renameat2");
      wanted.refuse_link += refused_error(*word, "linkat");
    } else break;
  }
  return word;
}

int main(int count, char** arguments) {
  char** program = take_options(arguments + (count > 0 ? 1 : 0));
  if (!*program || strncmp(*program, "--", 2) == 0 || !wanted.log) {
    fprintf(stderr, "at_call: see its first lines for what it takes\n");
    return 2;
  }
  const int result = follow(start(program));
  fclose(wanted.log);
  return result;
}
