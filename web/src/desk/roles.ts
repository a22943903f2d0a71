// SPDX-License-Identifier: Apache-2.0
// What a role's account has to say besides its name; the server checks the same.
export interface Limits { city: string; district: string; organisation: string; place: string }

export const kRoles = ["regulator_city", "regulator_county", "province", "auditor", "inspector", "enterprise_admin", "station_clerk", "driver", "processor", "operator"] as const;
export type Role = (typeof kRoles)[number];

const of_district = ["regulator_county", "inspector"];
const of_organisation = ["enterprise_admin", "station_clerk", "driver", "processor"];

export function limits_of(role: string, from: Limits): Partial<Limits> {
  const limits: Partial<Limits> = role === "operator" ? {} : { city: from.city };
  if (of_district.includes(role)) limits.district = from.district.trim();
  if (of_organisation.includes(role)) limits.organisation = from.organisation.trim();
  if (role === "station_clerk") limits.place = from.place.trim();
  return limits;
}
