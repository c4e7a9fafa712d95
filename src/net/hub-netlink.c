/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-netlink.h"

#include "net/hub-netlink-reader.h"

#include <errno.h>
#include <gio/gio.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* The kernel fills at most 32 KiB of an answer at once; a single message may be longer. */
#define RECEIVE_BYTES (64 * 1024)
/* A router with a full table of routes is not what this program is for. */
#define ANSWER_MAX_BYTES (16 * 1024 * 1024)
#define DUMP_TRIES 5

struct _HubNetlink
{
  int fd;
  guint32 port;
  guint32 sequence;
  guint8 *buffer;
};

/* What the kernel has said so far in answer to one request. */
typedef struct
{
  GByteArray *messages;
  gboolean is_dump;
  gboolean is_done;
  gboolean is_interrupted;
  int code;
} Answer;

static void
set_error (GError **error, int code, const char *what)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", what, g_strerror (code));
}

static int
open_socket (int flags, guint32 groups, struct sockaddr_nl *bound, GError **error)
{
  struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = groups };
  socklen_t length = sizeof address;
  int fd = socket (AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | flags, NETLINK_ROUTE);

  if (fd < 0 || bind (fd, (struct sockaddr *) &address, sizeof address) < 0
      || getsockname (fd, (struct sockaddr *) &address, &length) < 0)
    {
      set_error (error, errno, "Couldn't ask for network addresses");
      if (fd >= 0)
        close (fd);
      return -1;
    }

  if (bound != NULL)
    *bound = address;

  return fd;
}

HubNetlink *
hub_netlink_new (GError **error)
{
  /* Never reached: the kernel answers at once. It bounds what a fault there could cost us. */
  const struct timeval timeout = { .tv_sec = 1 };
  struct sockaddr_nl bound;
  HubNetlink *self;
  int fd = open_socket (0, 0, &bound, error);

  if (fd < 0)
    return NULL;

  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  self = g_new0 (HubNetlink, 1);
  self->fd = fd;
  self->port = bound.nl_pid;
  self->buffer = g_malloc (RECEIVE_BYTES);

  return self;
}

void
hub_netlink_free (HubNetlink *self)
{
  g_return_if_fail (self != NULL);

  close (self->fd);
  g_free (self->buffer);
  g_free (self);
}

static gboolean
send_request (HubNetlink *self,
              guint16 type,
              guint16 flags,
              const void *body,
              gsize length,
              GError **error)
{
  struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
  struct nlmsghdr header = { .nlmsg_len = NLMSG_LENGTH (length),
                             .nlmsg_type = type,
                             .nlmsg_flags = NLM_F_REQUEST | flags,
                             .nlmsg_seq = ++self->sequence };
  struct iovec parts[] = { { &header, sizeof header }, { (void *) body, length } };
  struct msghdr message = { .msg_name = &kernel,
                            .msg_namelen = sizeof kernel,
                            .msg_iov = parts,
                            .msg_iovlen = G_N_ELEMENTS (parts) };
  ssize_t sent;

  do
    sent = sendmsg (self->fd, &message, 0);
  while (sent < 0 && errno == EINTR);

  if (sent < 0)
    set_error (error, errno, "Couldn't ask for network addresses");

  return sent >= 0;
}

/* Returns: bytes received from the kernel; 0 for what somebody else sent; -1 with errno. */
static ssize_t
receive (int fd, void *buffer)
{
  struct sockaddr_nl sender = { 0 };
  struct iovec part = { buffer, RECEIVE_BYTES };
  struct msghdr message
      = { .msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &part, .msg_iovlen = 1 };
  ssize_t received;

  do
    received = recvmsg (fd, &message, 0);
  while (received < 0 && errno == EINTR);

  if (received >= 0 && (message.msg_flags & MSG_TRUNC))
    {
      errno = EMSGSIZE;
      return -1;
    }

  return received > 0 && sender.nl_pid != 0 ? 0 : received;
}

static void
take_message (HubNetlink *self,
              Answer *answer,
              const struct nlmsghdr *header,
              const guint8 *start,
              HubNetlinkReader *body)
{
  int code = 0;

  /* Late parts of an answer that was given up. */
  if (header->nlmsg_seq != self->sequence || header->nlmsg_pid != self->port)
    return;

  if (header->nlmsg_flags & NLM_F_DUMP_INTR)
    answer->is_interrupted = TRUE;

  switch (header->nlmsg_type)
    {
    case NLMSG_NOOP:
      return;
    case NLMSG_DONE:
    case NLMSG_ERROR:
      /* Both begin with a negative errno, or 0. */
      hub_netlink_reader_take (body, &code, sizeof code);
      answer->code = answer->code != 0 ? answer->code : -code;
      answer->is_done = TRUE;
      return;
    default:
      answer->is_done = !answer->is_dump;
      if (answer->messages->len + header->nlmsg_len > ANSWER_MAX_BYTES)
        answer->code = EMSGSIZE;
      if (answer->code != 0)
        return;
      g_byte_array_append (answer->messages, start, header->nlmsg_len);
      g_byte_array_set_size (answer->messages, NLMSG_ALIGN (answer->messages->len));
    }
}

/* Reads up to the end of the answer even when it is useless: until then the kernel refuses the next
 * request on this socket. Returns: 0, or an errno. */
static int
read_answer (HubNetlink *self, Answer *answer)
{
  while (!answer->is_done)
    {
      HubNetlinkReader reader = { .data = self->buffer };
      HubNetlinkReader body;
      struct nlmsghdr header;
      ssize_t received = receive (self->fd, self->buffer);
      const guint8 *start = reader.data;

      if (received < 0 && errno != ENOBUFS && errno != EMSGSIZE)
        return errno;

      if (received < 0)
        answer->is_interrupted = TRUE;

      reader.length = MAX (received, 0);
      while (!answer->is_done && hub_netlink_reader_next_message (&reader, &header, &body))
        {
          take_message (self, answer, &header, start, &body);
          start = reader.data;
        }
    }

  return answer->code;
}

static GBytes *
ask (HubNetlink *self,
     guint16 type,
     guint16 flags,
     const void *body,
     gsize length,
     gboolean *is_interrupted,
     GError **error)
{
  g_autoptr (GByteArray) messages = g_byte_array_new ();
  Answer answer = { .messages = messages, .is_dump = (flags & NLM_F_DUMP) == NLM_F_DUMP };
  int code;

  if (!send_request (self, type, flags, body, length, error))
    return NULL;

  code = read_answer (self, &answer);
  *is_interrupted = answer.is_interrupted;
  if (code != 0)
    {
      set_error (error, code, "Couldn't read network addresses");
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&messages));
}

GBytes *
hub_netlink_dump (HubNetlink *self, guint16 type, GError **error)
{
  const struct rtgenmsg everything = { .rtgen_family = AF_UNSPEC };
  g_autoptr (GBytes) answer = NULL;
  gboolean is_interrupted = FALSE;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < DUMP_TRIES; i++)
    {
      g_clear_pointer (&answer, g_bytes_unref);
      g_clear_error (error);
      answer = ask (self, type, NLM_F_DUMP, &everything, sizeof everything, &is_interrupted, error);
      if (!is_interrupted)
        break;
    }

  /* Still overtaken at the last try: good enough, the change is on its way as an event. */
  return g_steal_pointer (&answer);
}

GBytes *
hub_netlink_get (HubNetlink *self, guint16 type, const void *body, gsize length, GError **error)
{
  gboolean is_interrupted;

  g_return_val_if_fail (self != NULL, NULL);

  return ask (self, type, 0, body, length, &is_interrupted, error);
}

int
hub_netlink_subscribe (guint32 groups, GError **error)
{
  return open_socket (SOCK_NONBLOCK, groups, NULL, error);
}

gboolean
hub_netlink_drain (int fd)
{
  g_autofree guint8 *buffer = g_malloc (RECEIVE_BYTES);
  gboolean has_news = FALSE;

  for (;;)
    {
      ssize_t received = receive (fd, buffer);

      if (received > 0 || (received < 0 && (errno == ENOBUFS || errno == EMSGSIZE)))
        has_news = TRUE;
      else if (received < 0)
        return has_news;
    }
}
