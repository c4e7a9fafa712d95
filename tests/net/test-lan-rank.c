/*
 * SPDX-FileCopyrightText: 2026 The Hubbub developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "net/hub-lan-rank.h"

#include <linux/if_addr.h>
#include <net/if_arp.h>
#include <string.h>

/* A computer in words, one thing a word:
 *   link:INDEX:NAME[:KIND[:DEVTYPE]]   up, with a link, Ethernet; a device where KIND is empty
 *   port:INDEX:MASTER
 *   no-device:INDEX, down:INDEX, point-to-point:INDEX, loopback:INDEX, raw-ip:INDEX,
 *   infiniband:INDEX, none:INDEX
 *   route:INDEX:METRIC
 *   inet:INDEX:PREFIX:FLAGS(hexadecimal):ADDRESS
 */

static HubLanLink *
get_link (HubLanFacts *facts, int index)
{
  for (guint i = 0; i < facts->links->len; i++)
    if (g_array_index (facts->links, HubLanLink, i).index == index)
      return &g_array_index (facts->links, HubLanLink, i);

  g_assert_not_reached ();
}

static void
add_link (HubLanFacts *facts, char **parts)
{
  HubLanLink link = { .flags = IFF_UP | IFF_RUNNING, .hardware = ARPHRD_ETHER };

  link.index = atoi (parts[1]);
  g_strlcpy (link.name, parts[2], sizeof link.name);
  if (parts[3] != NULL)
    g_strlcpy (link.kind, parts[3], sizeof link.kind);
  if (parts[3] != NULL && parts[4] != NULL)
    g_strlcpy (link.devtype, parts[4], sizeof link.devtype);
  link.has_device = link.kind[0] == '\0';
  g_array_append_val (facts->links, link);
}

static void
change_link (HubLanFacts *facts, char **parts)
{
  HubLanLink *link = get_link (facts, atoi (parts[1]));

  if (g_str_equal (parts[0], "port"))
    link->master = atoi (parts[2]);
  else if (g_str_equal (parts[0], "no-device"))
    link->has_device = FALSE;
  else if (g_str_equal (parts[0], "down"))
    link->flags &= ~IFF_RUNNING;
  else if (g_str_equal (parts[0], "point-to-point"))
    link->flags |= IFF_POINTOPOINT;
  else if (g_str_equal (parts[0], "loopback"))
    link->flags |= IFF_LOOPBACK;
  else if (g_str_equal (parts[0], "raw-ip"))
    link->hardware = ARPHRD_RAWIP;
  else if (g_str_equal (parts[0], "infiniband"))
    link->hardware = ARPHRD_INFINIBAND;
  else if (g_str_equal (parts[0], "none"))
    link->hardware = ARPHRD_NONE;
  else
    g_error ("no such word: %s", parts[0]);
}

static void
add_inet (HubLanFacts *facts, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, ":", 5);
  HubLanInet inet = { .index = atoi (parts[1]), .prefix = atoi (parts[2]) };

  inet.flags = g_ascii_strtoull (parts[3], NULL, 16);
  inet.address = g_inet_address_new_from_string (parts[4]);
  g_assert_nonnull (inet.address);
  inet.peer = g_object_ref (inet.address);
  g_array_append_val (facts->inets, inet);
}

static HubLanFacts *
make_facts (const char *computer)
{
  g_auto (GStrv) words = g_strsplit (computer, " ", -1);
  HubLanFacts *facts = hub_lan_facts_new ();

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], ":", -1);

      if (g_str_equal (parts[0], "link"))
        add_link (facts, parts);
      else if (g_str_equal (parts[0], "inet"))
        add_inet (facts, words[i]);
      else if (g_str_equal (parts[0], "route"))
        {
          HubLanRoute route
              = { .index = atoi (parts[1]), .metric = g_ascii_strtoull (parts[2], NULL, 10) };

          g_array_append_val (facts->routes, route);
        }
      else
        change_link (facts, parts);
    }

  return facts;
}

static char *
describe (GPtrArray *ranked)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < ranked->len; i++)
    {
      HubLanAddress *shown = g_ptr_array_index (ranked, i);
      g_autofree char *address = g_inet_address_to_string (hub_lan_address_get_address (shown));
      g_autofree char *label = hub_lan_address_dup_label (shown);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", address, label);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const struct
{
  const char *name;
  const char *computer;
  const char *expected;
} cases[] = {
  { "nothing", "link:1:lo loopback:1 inet:1:8:80:127.0.0.1 inet:1:128:80:::1", "" },
  { "one", "link:2:enp3s0 route:2:100 inet:2:24:0:192.168.1.23", "192.168.1.23 Wired (enp3s0)" },
  { "metric",
    "link:2:wlp2s0::wlan link:3:enp3s0 route:2:600 route:3:100 inet:2:24:0:192.168.5.7 "
    "inet:3:24:0:192.168.1.23",
    "192.168.1.23 Wired (enp3s0), 192.168.5.7 Wi-Fi (wlp2s0)" },
  { "lowest-metric-of-several",
    "link:2:enp2s0 link:3:enp3s0 route:2:600 route:3:700 route:3:100 inet:2:24:0:192.168.5.7 "
    "inet:3:24:0:192.168.1.23",
    "192.168.1.23 Wired (enp3s0), 192.168.5.7 Wired (enp2s0)" },
  { "default-before-others",
    "link:2:eth0 link:3:eth1 route:3:1024 inet:2:24:0:10.0.0.1 inet:3:24:0:192.168.1.23",
    "192.168.1.23 Wired (eth1), 10.0.0.1 Wired (eth0)" },
  { "no-default-wifi-first",
    "link:2:eth0 link:3:wlan0::wlan inet:2:24:0:10.0.0.1 inet:3:24:0:10.42.0.1",
    "10.42.0.1 Wi-Fi (wlan0), 10.0.0.1 Wired (eth0)" },
  { "families-on-each-interface",
    "link:2:eth0 link:3:eth1 route:2:0 inet:2:64:0:2001:db8::1 inet:3:24:0:10.0.0.1 "
    "inet:2:64:0:fd00::1 inet:2:24:0:198.51.100.1 inet:2:24:0:192.168.1.2",
    "192.168.1.2 Wired (eth0), 198.51.100.1 Wired (eth0), fd00::1 Wired (eth0), "
    "2001:db8::1 Wired (eth0), 10.0.0.1 Wired (eth1)" },
  { "unfit",
    "link:2:eth0 route:2:0 inet:2:64:80:fe80::1 inet:2:64:1:fd00::1 inet:2:64:40:fd00::2 "
    "inet:2:64:20:fd00::3 inet:2:64:8:fd00::4 inet:2:64:800:fd00::5 inet:2:24:1:10.0.0.1 "
    "inet:2:24:20:10.0.0.2",
    "10.0.0.1 Wired (eth0), fd00::5 Wired (eth0)" },
  { "down", "link:2:eth0 down:2 route:2:0 inet:2:24:0:10.0.0.1", "" },
  { "unknown-link", "inet:7:24:0:10.0.0.1", "" },
  { "link-local-last",
    "link:2:eth0 link:3:eth1 inet:2:16:0:169.254.1.1 inet:2:64:0:fd00::1 inet:3:24:0:10.0.0.1",
    "fd00::1 Wired (eth0), 10.0.0.1 Wired (eth1), 169.254.1.1 Wired (eth0)" },
  { "link-local-alone", "link:2:eth0 inet:2:16:0:169.254.1.1", "169.254.1.1 Wired (eth0)" },
  { "docker-and-libvirt",
    "link:2:docker0:bridge link:3:virbr0:bridge link:4:veth1:veth port:4:2 link:5:vnet0:tun "
    "port:5:3 link:6:eth0 inet:2:16:0:172.17.0.1 inet:3:24:0:192.168.122.1 "
    "inet:6:24:0:192.168.1.2",
    "192.168.1.2 Wired (eth0)" },
  { "docker-alone", "link:2:docker0:bridge link:3:veth1:veth port:3:2 inet:2:16:0:172.17.0.1", "" },
  { "bridge-with-a-cable", "link:2:br0:bridge link:3:eth0 port:3:2 inet:2:24:0:192.168.1.2",
    "192.168.1.2 Wired (br0)" },
  { "bridge-with-the-default-route",
    "link:2:br0:bridge link:3:veth1:veth port:3:2 route:2:0 inet:2:24:0:192.168.1.2",
    "192.168.1.2 Wired (br0)" },
  { "vpn-never-first",
    "link:2:wg0:wireguard none:2 link:3:wlp2s0::wlan link:4:tun0:tun none:4 route:2:1 route:4:0 "
    "route:3:600 inet:2:32:0:10.8.0.2 inet:3:24:0:192.168.5.7 inet:4:24:0:10.20.0.2",
    "192.168.5.7 Wi-Fi (wlp2s0), 10.20.0.2 VPN (tun0), 10.8.0.2 VPN (wg0)" },
  { "vpn-after-link-local",
    "link:2:wg0:wireguard none:2 link:3:eth0 inet:2:32:0:10.8.0.2 inet:3:16:0:169.254.1.1",
    "169.254.1.1 Wired (eth0), 10.8.0.2 VPN (wg0)" },
  { "vpn-alone", "link:2:tailscale0:tun none:2 inet:2:32:0:100.101.102.103",
    "100.101.102.103 VPN (tailscale0)" },
  { "vpn-without-a-kind", "link:2:vpn0 point-to-point:2 route:2:0 inet:2:32:0:10.1.1.1",
    "10.1.1.1 VPN (vpn0)" },
  { "container", "link:2:eth0:veth route:2:0 inet:2:16:0:172.17.0.2", "172.17.0.2 Wired (eth0)" },
  { "container-without-a-route",
    "link:2:eth0:veth link:3:wg0:wireguard none:3 inet:2:16:0:172.17.0.2 inet:3:32:0:10.8.0.2",
    "10.8.0.2 VPN (wg0), 172.17.0.2 Virtual (eth0)" },
  { "vmware", "link:2:vmnet8 no-device:2 inet:2:24:0:192.168.99.1", "" },
  { "dummy", "link:2:dummy0:dummy inet:2:24:0:10.0.0.1", "" },
  { "overlay", "link:2:flannel.1:vxlan inet:2:32:0:10.42.0.0", "" },
  { "stacked",
    "link:2:eth0.5:vlan link:3:bond0:bond link:4:mac0:macvlan inet:2:24:0:10.5.0.1 "
    "inet:3:24:0:10.6.0.1 inet:4:24:0:10.7.0.1",
    "10.5.0.1 Wired (eth0.5), 10.6.0.1 Wired (bond0), 10.7.0.1 Wired (mac0)" },
  { "modem",
    "link:2:wwan0::wwan link:3:rmnet0 raw-ip:3 link:4:wlan0::wlan route:2:0 route:3:0 "
    "inet:2:30:0:10.1.1.1 inet:3:30:0:10.1.2.1 inet:4:24:0:10.42.0.1",
    "10.42.0.1 Wi-Fi (wlan0)" },
  { "other-hardware",
    "link:2:ib0 infiniband:2 link:3:bnep0::bluetooth inet:2:24:0:10.0.0.1 inet:3:24:0:10.0.1.1",
    "10.0.0.1 Network (ib0), 10.0.1.1 Network (bnep0)" },
};

static void
test_case (gconstpointer data)
{
  guint number = GPOINTER_TO_UINT (data);
  g_autoptr (HubLanFacts) facts = make_facts (cases[number].computer);
  g_autoptr (GPtrArray) ranked = hub_lan_rank (facts);
  g_autofree char *got = describe (ranked);

  g_assert_cmpstr (got, ==, cases[number].expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/net/lan-rank/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
    }

  return g_test_run ();
}
